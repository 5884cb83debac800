package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.geography.State;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Agreements: by default those that the headline counts. */
final class AgreementList extends ThingList {
    static final List<String> STATES =
            Arrays.stream(State.values()).map(State::code).toList();
    static final List<String> PRECISIONS = List.of("day", "month", "year", "unknown");

    private static final List<String> STATUSES = List.of(
            "listed", "under_review", "unlisted", "duplicate_removed", "returned_to_pending", "ended", "retracted");
    private static final List<String> DOCUMENT = List.of("posted", "pending", "missing");
    private static final Set<String> STANDINGS = Set.of("true", "false", "any", "uncertain", "not_determinable");

    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("agreement_id", "c.agreement_id"),
            ListColumn.id("agency_id", "c.agency_id"),
            ListColumn.text("agency_name", "c.agency_name"),
            ListColumn.word("state", "c.state", STATES),
            ListColumn.text("state_fips", Fips.ofState("c.state")).faceted(),
            ListColumn.text("county", "c.county").faceted(),
            ListColumn.shown("county_fips"),
            ListColumn.shown("county_vintage"),
            ListColumn.word("agency_type", "c.agency_type", Filters.AGENCY_TYPES),
            ListColumn.word("support_type", "c.support_type", Filters.MODELS),
            ListColumn.day("signed_on", "c.signed_on").faceted(),
            ListColumn.word("signed_precision", "c.signed_precision", PRECISIONS),
            ListColumn.truth("signed_repaired", "cast(c.image ->> 'signed_repaired' as boolean)"),
            ListColumn.word("status", "c.status", STATUSES),
            ListColumn.truth("listed", "c.listed"),
            ListColumn.truth("provisional", "cast(c.image ->> 'provisional' as boolean)"),
            ListColumn.word("standing", "c.standing", List.of("in_force", "uncertain", "not_determinable"))
                    .computed(),
            ListColumn.word("moa_status", "(c.image -> 'moa' ->> 'status')", DOCUMENT),
            ListColumn.text("moa_url", "(c.image -> 'moa' ->> 'url')"),
            ListColumn.word("addendum_status", "(c.image -> 'addendum' ->> 'status')", DOCUMENT),
            ListColumn.text("addendum_url", "(c.image -> 'addendum' ->> 'url')"),
            ListColumn.shown("possible_duplicate_of"),
            ListColumn.instant("first_listed_at", "c.first_listed_at"),
            ListColumn.instant("last_listed_at", "c.last_listed_at"),
            ListColumn.instant("first_absent_at", "cast(c.image ->> 'first_absent_at' as timestamptz)"),
            ListColumn.day("ended_on", "cast(c.image -> 'ended' ->> 'on' as date)"),
            ListColumn.word("ended_precision", "(c.image -> 'ended' ->> 'precision')", PRECISIONS),
            ListColumn.day("ended_not_before", "cast(c.image -> 'ended' ->> 'not_before' as date)"),
            ListColumn.day("ended_not_after", "cast(c.image -> 'ended' ->> 'not_after' as date)"),
            ListColumn.word(
                    "ended_by",
                    "(c.image -> 'ended' ->> 'by')",
                    List.of("ice", "agency", "law", "superseded", "unknown")),
            ListColumn.text("ended_source_url", "(c.image -> 'ended' ->> 'source_url')"),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"));

    AgreementList(Fips fips) {
        super(COLUMNS, "c.state nulls last, c.agency_name, c.support_type", fips);
    }

    @Override
    protected Set<String> ownParameters() {
        return withFilters("listed", "status", "q", "on");
    }

    @Override
    protected Source source(Question question) {
        Filters filters = Filters.read(question.parameters());
        Set<String> statuses = question.parameters().words("status", STATUSES);
        String which = question.parameters().word("listed", STANDINGS).orElse(asksForOthers(question) ? "any" : "true");
        Sql search = search(question, "c.agency_name");
        String condition =
                switch (which) {
                    case "true" -> "c.counts";
                    case "false" -> "not c.counts";
                    case "uncertain", "not_determinable" -> "c.standing = '" + which + "'";
                    default -> "true";
                };
        return new Source(
                reading -> Counted.agreements(
                        reading.visible(),
                        filters,
                        ", v.agency_name, v.county, v.signed_on, v.signed_precision, v.first_listed_at,"
                                + " v.last_listed_at, v.image, v.change_sequence"),
                reading -> new Sql("  from counted c\n  left join change e on e.sequence = c.change_sequence\n where ")
                        .add(condition)
                        .add(statuses(statuses, "c.status"))
                        .add(search),
                "c.image",
                "c.agreement_id");
    }

    private static boolean asksForOthers(Question question) {
        return question.parameters().has("status")
                || compares(question, "status")
                || compares(question, "listed")
                || compares(question, "standing");
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return Known.at(reading).participating();
    }
}
