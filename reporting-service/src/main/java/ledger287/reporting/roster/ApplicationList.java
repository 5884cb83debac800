package ledger287.reporting.roster;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Applications: by default those in the newest pending workbook, granted meanwhile or not. */
final class ApplicationList extends ThingList {
    private static final Set<String> STATUSES =
            Set.of("open", "awaiting_outcome", "granted", "lapsed", "under_review", "retracted");
    private static final Map<String, String> ORDERS = Map.of(
            "state", "v.state",
            "agency_name", "v.agency_name",
            "county", "v.county",
            "support_type", "v.support_type",
            "first_listed_at", "v.first_listed_at",
            "status", "v.status");

    private static final String DAYS_TO_SIGN = ",\n       %s as days_to_sign_low,\n       %s as days_to_sign_high"
            .formatted(DaysToSign.LOW, DaysToSign.HIGH);

    @Override
    protected Set<String> ownParameters() {
        return withoutOn();
    }

    @Override
    protected Selection select(Question question) {
        Filters filters = Filters.read(question.parameters());
        Set<String> statuses = question.parameters().words("status", STATUSES);
        String which = question.parameters()
                .word("listed", new TreeSet<>(Set.of("true", "false", "any")))
                .orElse(statuses.isEmpty() ? "true" : "any");
        Sql search = search(question, "v.agency_name");
        String condition =
                switch (which) {
                    case "true" -> "v.listed";
                    case "false" -> "not v.listed";
                    default -> "true";
                };
        return new SqlSelection(
                reading -> new Sql(""),
                reading -> new Sql("""
                                  from application_version v
                                  join change e on e.sequence = v.change_sequence
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
                "v.image, e.event_id, e.sequence" + DAYS_TO_SIGN,
                order(question, ORDERS, "v.state nulls last, v.agency_name, v.support_type", "v.application_id"),
                List.of("days_to_sign_low", "days_to_sign_high"));
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return Known.at(reading).pending();
    }

    @Override
    protected String[] columns() {
        return columns(
                "application_id",
                "agency_id",
                "agency_name",
                "state",
                "county",
                "agency_type",
                "support_type",
                "status",
                "listed",
                "agreement_id",
                "possible_duplicate_of",
                "first_listed_at",
                "absent_before",
                "last_listed_at",
                "first_absent_at",
                "days_to_sign_low",
                "days_to_sign_high",
                "event_id",
                "cursor");
    }
}
