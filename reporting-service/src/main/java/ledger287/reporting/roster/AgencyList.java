package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Agencies: by default those that hold at least one agreement that the headline counts and the filters select. */
final class AgencyList extends ThingList {
    private static final Map<String, String> ORDERS = Map.of(
            "state", "a.state",
            "name", "a.name",
            "county", "a.county",
            "agreements", "agreements");

    @Override
    protected Set<String> ownParameters() {
        Set<String> own = new TreeSet<>(super.ownParameters());
        own.remove("status");
        return own;
    }

    @Override
    protected Selection select(Question question) {
        Filters filters = Filters.read(question.parameters());
        String which = question.parameters()
                .word("listed", new TreeSet<>(Set.of("true", "any")))
                .orElse("true");
        Sql search = search(question, "a.name");
        return new SqlSelection(
                reading -> Counted.agreements(reading.visible(), filters, "").add("""
                        , held as (
                          select agency_id,
                                 count(*) as agreements,
                                 count(*) filter (where support_type = 'task_force') as task_force,
                                 count(*) filter (where support_type = 'warrant_service_officer') as warrant_service_officer,
                                 count(*) filter (where support_type = 'jail_enforcement') as jail_enforcement
                            from counted
                           where counts
                           group by agency_id
                        )
                        """),
                reading -> agencies(reading, filters, which).add(search),
                """
                a.image, e.event_id, e.sequence,
                       coalesce(h.agreements, 0) as agreements,
                       coalesce(h.task_force, 0) as task_force,
                       coalesce(h.warrant_service_officer, 0) as warrant_service_officer,
                       coalesce(h.jail_enforcement, 0) as jail_enforcement""",
                order(question, ORDERS, "a.state nulls last, a.name", "a.agency_id"),
                List.of("agreements", "task_force", "warrant_service_officer", "jail_enforcement"));
    }

    private static Sql agencies(Reading reading, Filters filters, String which) {
        boolean all = "any".equals(which);
        Sql sql = new Sql("  from agency_version a\n  join change e on e.sequence = a.change_sequence\n")
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

    @Override
    protected String[] columns() {
        return columns(
                "agency_id",
                "name",
                "state",
                "county",
                "agency_type",
                "aliases",
                "merged_into",
                "agreements",
                "task_force",
                "warrant_service_officer",
                "jail_enforcement",
                "event_id",
                "cursor");
    }
}
