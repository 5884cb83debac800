package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/**
 * Agencies: by default those that hold at least one agreement that the headline counts and the filters select. What an
 * agency holds is told whole, whatever selected it.
 */
final class AgencyList extends ThingList {
    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("agency_id", "a.agency_id"),
            ListColumn.text("name", "a.name"),
            ListColumn.word("state", "a.state", AgreementList.STATES),
            ListColumn.text("state_fips", Fips.ofState("a.state")).faceted(),
            ListColumn.text("county", "a.county").faceted(),
            ListColumn.shown("county_fips"),
            ListColumn.shown("county_vintage"),
            ListColumn.word("agency_type", "a.agency_type", Filters.AGENCY_TYPES),
            ListColumn.shown("aliases"),
            ListColumn.id("merged_into", "a.merged_into"),
            held("agreements"),
            held("task_force"),
            held("warrant_service_officer"),
            held("jail_enforcement"),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"));

    AgencyList(Fips fips) {
        super(COLUMNS, "a.state nulls last, a.name", fips);
    }

    private static ListColumn held(String name) {
        return ListColumn.whole(name, "coalesce(h." + name + ", 0)").faceted().computed();
    }

    @Override
    protected Set<String> ownParameters() {
        return withFilters("listed", "q", "on");
    }

    @Override
    protected Source source(Question question) {
        Filters filters = Filters.read(question.parameters());
        String which =
                question.parameters().word("listed", Set.of("true", "any")).orElse("true");
        Sql search = search(question, "a.name");
        return new Source(
                reading -> Counted.agreements(reading.visible(), Filters.NONE, "")
                        .add("""
                        , held as (
                          select agency_id,
                                 count(*) as agreements,
                                 count(*) filter (where support_type = 'task_force') as task_force,
                                 count(*) filter (where support_type = 'warrant_service_officer') as warrant_service_officer,
                                 count(*) filter (where support_type = 'jail_enforcement') as jail_enforcement
                            from counted c
                           where counts
                           group by agency_id
                          having bool_or(true""")
                        .add(filters.on("c"))
                        .add("))\n"),
                reading -> agencies(reading, filters, which).add(search),
                "a.image",
                "a.agency_id");
    }

    private static Sql agencies(Reading reading, Filters filters, String which) {
        boolean all = "any".equals(which);
        Sql sql = new Sql("  from agency_version a\n  left join change e on e.sequence = a.change_sequence\n")
                .add(all ? "  left join held h" : "  join held h")
                .add(" on h.agency_id = a.agency_id\n where ")
                .add(reading.visible().of("a"));
        if (all) {
            // The agency's own state and kind; which models it holds only agreements tell.
            sql.add(new Filters(
                            filters.states(), filters.regions(), Set.of(), filters.agencyTypes(), filters.agencyIds())
                    .on("a"));
            if (!filters.models().isEmpty()) {
                sql.add("\n   and h.agency_id is not null");
            }
        }
        return sql;
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return Known.at(reading).participating();
    }
}
