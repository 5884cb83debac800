package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/** Operations: by default those that the headline counts. */
final class OperationList extends ThingList {
    private static final Set<String> STATUSES = Set.of("recorded", "retracted");
    private static final Set<String> SCOPES = Set.of("operation", "programme");
    private static final Map<String, String> ORDERS =
            Map.of("name", "o.name", "start", "o.starts_earliest", "state", "o.states");

    /** Things are completed together, so that a long list needs few statements. */
    private static final int TOGETHER = 500;

    @Override
    protected Set<String> ownParameters() {
        return Set.of("status", "scope", "metric", "partner", "q", "sort", "limit", "cursor");
    }

    @Override
    protected Selection select(Question question) {
        OperationCondition condition = new OperationCondition(Filters.read(question.parameters()));
        Set<String> statuses = question.parameters().words("status", STATUSES);
        Set<String> scopes = question.parameters().words("scope", SCOPES);
        Sql metric = metric(question);
        Sql search = search(question, "o.name").add(partner(question));
        SqlSelection operations = new SqlSelection(
                reading -> condition.tables(reading.visible()),
                reading -> new Sql("""
                          from operation_version o
                          join change e on e.sequence = o.change_sequence
                         where\s""")
                        .add(reading.visible().of("o"))
                        .add(statuses(statuses.isEmpty() ? Set.of("recorded") : statuses, "o.status"))
                        .add(statuses(scopes.isEmpty() ? Set.of("operation") : scopes, "o.scope"))
                        .add(condition.on("o"))
                        .add(metric(reading, metric))
                        .add(search),
                "o.image, e.event_id, e.sequence",
                order(question, ORDERS, "o.starts_latest desc, o.name", "o.operation_id"),
                List.of());
        return new Completed(operations);
    }

    private static Sql metric(Question question) {
        Set<String> metrics = question.parameters().words("metric", ClaimList.METRICS);
        return metrics.isEmpty() ? new Sql("") : new Sql(" and c.metric = any (?)", metrics);
    }

    /** Operations about which such a claim is current. */
    private static Sql metric(Reading reading, Sql metric) {
        if (metric.isEmpty()) {
            return metric;
        }
        return new Sql("\n   and exists (select from claim_version c where c.operation_id = o.operation_id"
                        + " and c.status = 'current'")
                .add(metric)
                .add(" and ")
                .add(reading.visible().of("c"))
                .add(")");
    }

    /** A partner by its verbatim name, or a part of it. */
    private static Sql partner(Question question) {
        Optional<String> partner = question.parameters().search("partner");
        return partner.map(name -> new Sql("""

                           and exists (select from json_array_elements(o.image -> 'partners') p
                                        where position(lower(?) in lower(p ->> 'name')) > 0)""", name)).orElseGet(() -> new Sql(""));
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return OperationMeasures.known(reading);
    }

    @Override
    protected String[] columns() {
        return columns(
                "operation_id",
                "external_id",
                "name",
                "phase",
                "start_on",
                "start_precision",
                "start_text",
                "end_on",
                "end_precision",
                "end_text",
                "states",
                "lead_office",
                "partners",
                "legal_basis",
                "scope",
                "status",
                "reason",
                "counts",
                "left_out_because",
                "arrests_low",
                "arrests_high",
                "arrests_qualifier",
                "arrests_text",
                "event_id",
                "cursor");
    }

    /** A selection whose items get their figures and partners. */
    private record Completed(SqlSelection operations) implements Selection {
        @Override
        public long count(Reading reading) throws SQLException {
            return operations.count(reading);
        }

        @Override
        public void each(Reading reading, Question.@Nullable Page page, Each each) throws SQLException, IOException {
            OperationDetails details = new OperationDetails();
            List<ObjectNode> together = new ArrayList<>();
            operations.each(reading, page, item -> {
                together.add(item);
                if (together.size() == TOGETHER) {
                    flush(details, reading, together, each);
                }
            });
            flush(details, reading, together, each);
        }

        private static void flush(OperationDetails details, Reading reading, List<ObjectNode> together, Each each)
                throws SQLException, IOException {
            details.to(reading, together);
            for (ObjectNode item : together) {
                each.item(item);
            }
            together.clear();
        }
    }
}
