package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Agreements: by default those that the headline counts. */
final class AgreementList extends ThingList {
    private static final Set<String> STATUSES = Set.of(
            "listed", "under_review", "unlisted", "duplicate_removed", "returned_to_pending", "ended", "retracted");
    private static final Set<String> STANDINGS = Set.of("true", "false", "any", "uncertain", "not_determinable");
    private static final Map<String, String> ORDERS = Map.of(
            "state", "c.state",
            "agency_name", "c.agency_name",
            "county", "c.county",
            "support_type", "c.support_type",
            "signed_on", "c.signed_on",
            "first_listed_at", "c.first_listed_at",
            "status", "c.status");

    @Override
    protected Selection select(Question question) {
        Filters filters = Filters.read(question.parameters());
        Set<String> statuses = question.parameters().words("status", STATUSES);
        String which = question.parameters().word("listed", STANDINGS).orElse(statuses.isEmpty() ? "true" : "any");
        Sql search = search(question, "c.agency_name");
        String condition =
                switch (which) {
                    case "true" -> "c.counts";
                    case "false" -> "not c.counts";
                    case "uncertain", "not_determinable" -> "c.standing = '" + which + "'";
                    default -> "true";
                };
        return new SqlSelection(
                reading -> Counted.agreements(
                        reading.visible(),
                        filters,
                        ", v.agency_name, v.county, v.signed_on, v.first_listed_at, v.image, v.change_sequence"),
                reading -> new Sql("  from counted c\n  join change e on e.sequence = c.change_sequence\n where ")
                        .add(condition)
                        .add(statuses(statuses, "c.status"))
                        .add(search),
                "c.image, e.event_id, e.sequence, c.standing",
                order(question, ORDERS, "c.state nulls last, c.agency_name, c.support_type", "c.agreement_id"),
                List.of("standing"));
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return Known.at(reading).participating();
    }

    @Override
    protected String[] columns() {
        return columns(
                "agreement_id",
                "agency_id",
                "agency_name",
                "state",
                "county",
                "agency_type",
                "support_type",
                "signed_on",
                "signed_precision",
                "signed_repaired",
                "status",
                "listed",
                "provisional",
                "standing",
                "moa_status",
                "moa_url",
                "addendum_status",
                "addendum_url",
                "possible_duplicate_of",
                "first_listed_at",
                "last_listed_at",
                "first_absent_at",
                "ended_on",
                "ended_precision",
                "ended_not_before",
                "ended_not_after",
                "ended_by",
                "ended_source_url",
                "event_id",
                "cursor");
    }
}
