package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Applications: by default those in the newest pending workbook, granted meanwhile or not. */
final class ApplicationList extends ThingList {
    private static final List<String> STATUSES =
            List.of("open", "awaiting_outcome", "granted", "lapsed", "under_review", "retracted");

    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("application_id", "v.application_id"),
            ListColumn.id("agency_id", "v.agency_id"),
            ListColumn.text("agency_name", "v.agency_name"),
            ListColumn.word("state", "v.state", AgreementList.STATES),
            ListColumn.text("state_fips", Fips.ofState("v.state")).faceted(),
            ListColumn.text("county", "v.county").faceted(),
            ListColumn.shown("county_fips"),
            ListColumn.shown("county_vintage"),
            ListColumn.word("agency_type", "v.agency_type", Filters.AGENCY_TYPES),
            ListColumn.word("support_type", "v.support_type", Filters.MODELS),
            ListColumn.word("status", "v.status", STATUSES),
            ListColumn.truth("listed", "v.listed"),
            ListColumn.id("agreement_id", "v.agreement_id"),
            ListColumn.shown("possible_duplicate_of"),
            ListColumn.instant("first_listed_at", "v.first_listed_at"),
            ListColumn.instant("absent_before", "cast(v.image ->> 'absent_before' as timestamptz)"),
            ListColumn.instant("last_listed_at", "v.last_listed_at"),
            ListColumn.instant("first_absent_at", "cast(v.image ->> 'first_absent_at' as timestamptz)"),
            ListColumn.whole("days_to_sign_low", DaysToSign.LOW).computed(),
            ListColumn.whole("days_to_sign_high", DaysToSign.HIGH).computed(),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"));

    ApplicationList(Fips fips) {
        super(COLUMNS, "v.state nulls last, v.agency_name, v.support_type", fips);
    }

    @Override
    protected Set<String> ownParameters() {
        return withFilters("listed", "status", "q");
    }

    @Override
    protected Source source(Question question) {
        Filters filters = Filters.read(question.parameters());
        Set<String> statuses = question.parameters().words("status", STATUSES);
        String which = question.parameters()
                .word("listed", Set.of("true", "false", "any"))
                .orElse(
                        statuses.isEmpty() && !compares(question, "status") && !compares(question, "listed")
                                ? "true"
                                : "any");
        Sql search = search(question, "v.agency_name");
        String condition =
                switch (which) {
                    case "true" -> "v.listed";
                    case "false" -> "not v.listed";
                    default -> "true";
                };
        return new Source(
                reading -> new Sql(""),
                reading -> new Sql("""
                                  from application_version v
                                  left join change e on e.sequence = v.change_sequence
                                  left join agreement_version a
                                    on a.agreement_id = v.agreement_id
                                   and\s""")
                        .add(reading.visible().of("a"))
                        .add("\n where ")
                        .add(reading.visible().of("v"))
                        .add("\n   and " + condition)
                        .add(statuses(statuses, "v.status"))
                        .add(filters.on("v"))
                        .add(search),
                "v.image",
                "v.application_id");
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return Known.at(reading).pending();
    }
}
