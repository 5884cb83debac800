package ledger287.reporting.operations;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Claims: by default the current ones about operations that are not retracted, rivals side by side. */
final class ClaimList extends ThingList {
    /** As the contract names them. */
    static final Set<String> METRICS = Set.of(
            "arrests",
            "convicted",
            "pending_charges",
            "convicted_or_pending",
            "reentry_after_removal",
            "no_criminal_record",
            "final_orders",
            "stops",
            "partner_agencies");

    private static final Set<String> STATUSES = Set.of("current", "superseded", "retracted");
    private static final Map<String, String> ORDERS =
            Map.of("metric", "c.metric", "known_at", "c.claimed_at", "operation_name", "o.name", "status", "c.status");

    @Override
    protected Set<String> ownParameters() {
        return Set.of("status", "metric", "operation_id", "q", "sort", "limit", "cursor");
    }

    @Override
    protected Selection select(Question question) {
        OperationCondition condition = new OperationCondition(Filters.read(question.parameters()));
        Set<String> statuses = question.parameters().words("status", STATUSES);
        Set<String> metrics = question.parameters().words("metric", METRICS);
        Set<UUID> operations = question.parameters().ids("operation_id");
        Sql search = search(question, "o.name");
        return new SqlSelection(
                reading -> condition.tables(reading.visible()),
                reading -> {
                    Sql rows = new Sql("""
                              from claim_version c
                              join operation_version o on o.operation_id = c.operation_id
                               and\s""")
                            .add(reading.visible().of("o"))
                            .add("\n  join change e on e.sequence = c.change_sequence\n where ")
                            .add(reading.visible().of("c"))
                            .add(statuses(statuses.isEmpty() ? Set.of("current") : statuses, "c.status"))
                            .add(statuses.isEmpty() ? "\n   and o.status = 'recorded'" : "")
                            .add(statuses(metrics, "c.metric"))
                            .add(condition.on("o"))
                            .add(search);
                    return operations.isEmpty() ? rows : rows.add("\n   and c.operation_id = any (?)", operations);
                },
                "c.image, e.event_id, e.sequence, o.name as operation_name, o.status as operation_status",
                order(question, ORDERS, "o.name, c.operation_id, c.metric, " + Chosen.ORDER, "c.claim_id"),
                List.of("operation_name", "operation_status"));
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return OperationMeasures.known(reading);
    }

    @Override
    protected String[] columns() {
        return columns(
                "claim_id",
                "operation_id",
                "operation_name",
                "operation_status",
                "metric",
                "figure_qualifier",
                "figure_value",
                "figure_of",
                "figure_low",
                "figure_high",
                "figure_approximate",
                "figure_text",
                "as_of_on",
                "as_of_precision",
                "as_of_text",
                "published_on",
                "known_at",
                "speaker_name",
                "speaker_organization",
                "speaker_official",
                "quotation",
                "source_url",
                "archived_url",
                "supersedes",
                "superseded_by",
                "preferred",
                "status",
                "reason",
                "event_id",
                "cursor");
    }
}
