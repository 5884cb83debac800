package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ThingAnswers;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What an operation shows beside its image: for each metric the figure that stands for it and all current claims, rivals
 * together; the agency each partner is, and whether it held a task-force agreement on the day; whether its arrests count.
 */
final class OperationDetails implements ThingAnswers.Addition {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASK_FORCE = "task_force";

    @Override
    public void to(Reading reading, List<ObjectNode> operations) throws SQLException, IOException {
        Map<UUID, ObjectNode> byId = new LinkedHashMap<>();
        for (ObjectNode operation : operations) {
            byId.put(UUID.fromString(operation.path("operation_id").asText()), operation);
            operation.putObject("figures");
            ArrayNode states = operation.putArray("states");
            OperationsProjector.states(operation).forEach(states::add);
            for (JsonNode partner : operation.path("partners")) {
                ((ObjectNode) partner).putNull("match");
                ((ObjectNode) partner).putNull("task_force_agreement");
                ((ObjectNode) partner).putArray("agreements");
                ((ObjectNode) partner).put("match_problem", "No agency of this name is known in its state.");
            }
        }
        if (byId.isEmpty()) {
            return;
        }
        putClaims(reading, byId);
        putMatches(reading, byId);
        putAgreements(reading, byId);
        putCounts(reading, byId);
    }

    private static void putClaims(Reading reading, Map<UUID, ObjectNode> operations) throws SQLException, IOException {
        Sql sql = new Sql("""
                select c.operation_id, c.metric, c.status, c.preferred, c.official, c.image
                  from claim_version c
                 where c.operation_id = any (?)
                   and\s""", operations.keySet())
                .add(reading.visible().of("c"))
                .add("\n order by c.operation_id, c.metric, " + Chosen.ORDER);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ObjectNode figures = (ObjectNode)
                        operation(operations, row.getObject(1, UUID.class)).path("figures");
                ObjectNode metric = figures.path(row.getString(2)) instanceof ObjectNode known
                        ? known
                        : newMetric(figures, row.getString(2));
                String status = row.getString(3);
                if (!"current".equals(status)) {
                    metric.put(status, metric.path(status).asInt() + 1);
                    continue;
                }
                JsonNode claim = JSON.readTree(row.getString(6));
                ArrayNode claims = (ArrayNode) metric.path("claims");
                if (claims.isEmpty()) {
                    for (String field : List.of("low", "high", "qualifier", "approximate", "text")) {
                        metric.set(field, claim.path("figure").path(field));
                    }
                    metric.set("claim_id", claim.path("claim_id"));
                    metric.put("basis", Chosen.basis(row.getBoolean(4), row.getBoolean(5)));
                }
                claims.add(claim);
                metric.put("conflicting", claims.size() > 1);
            }
        }
    }

    private static ObjectNode newMetric(ObjectNode figures, String name) {
        ObjectNode metric = figures.putObject(name);
        Bounds.UNKNOWN.put(metric);
        metric.put("approximate", false);
        metric.putNull("claim_id");
        metric.putNull("basis");
        metric.put("conflicting", false);
        metric.put("superseded", 0);
        metric.put("retracted", 0);
        metric.putArray("claims");
        return metric;
    }

    private static void putMatches(Reading reading, Map<UUID, ObjectNode> operations) throws SQLException {
        Sql sql = PartnerMatching.of(reading.visible(), operations.keySet())
                .add("""
                select m.operation_id, m.ordinal, m.rule, cardinality(m.agency_ids),
                       a.agency_id, a.name, a.state, a.county, a.agency_type
                  from partner_match m
                  left join agency_version a on a.agency_id = m.agency_ids[1]
                   and\s""")
                .add(reading.visible().of("a"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ObjectNode partner = partner(operations, row);
                int agencies = row.getInt(4);
                if (agencies > 1) {
                    partner.put("match_problem", "%d agencies of its state fit this name.".formatted(agencies));
                    continue;
                }
                partner.putNull("match_problem");
                ObjectNode match = partner.putObject("match");
                match.put("agency_id", row.getString(5));
                match.put("name", row.getString(6));
                match.put("state", row.getString(7));
                match.put("county", row.getString(8));
                match.put("agency_type", row.getString(9));
                match.put("rule", row.getString(3));
                match.put("confidence", confidence(row.getString(3)));
                partner.set("task_force_agreement", held("no", null, null, null));
            }
        }
    }

    /** In the contract's words. */
    static String confidence(String rule) {
        return switch (rule) {
            case "name" -> "certain";
            case "alias" -> "strong";
            case "words" -> "probable";
            default -> "weak";
        };
    }

    private static void putAgreements(Reading reading, Map<UUID, ObjectNode> operations) throws SQLException {
        Sql sql = PartnerMatching.of(reading.visible(), operations.keySet()).add("""
                select operation_id, ordinal, agreement_id, support_type, signed_on, signed_precision, status,
                       held, days_least, days_most
                  from partner_agreement
                 where agreement_id is not null
                 order by operation_id, ordinal,
                          case held when 'yes' then 1 when 'not_determinable' then 2 else 3 end,
                          signed_on nulls last, agreement_id
                """);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ObjectNode partner = partner(operations, row);
                Integer least = row.getObject("days_least", Integer.class);
                Integer most = row.getObject("days_most", Integer.class);
                ObjectNode held = held(row.getString("held"), least, most, row.getString("signed_on"));
                held.put("agreement_id", row.getString("agreement_id"));
                held.put("support_type", row.getString("support_type"));
                held.put("signed_precision", row.getString("signed_precision"));
                held.put("status", row.getString("status"));
                boolean first = !partner.path("task_force_agreement").has("agreement_id");
                if (first && TASK_FORCE.equals(row.getString("support_type"))) {
                    partner.set("task_force_agreement", held);
                }
                ((ArrayNode) partner.path("agreements")).add(held);
            }
        }
    }

    /** Whether an agreement was held on the day the operation began, and how long it had been signed by then. */
    private static ObjectNode held(
            String held, @Nullable Integer least, @Nullable Integer most, @Nullable String signedOn) {
        ObjectNode answer = JSON.createObjectNode();
        boolean yes = "yes".equals(held);
        answer.put("held", held);
        answer.put("signed_on", signedOn);
        answer.put("signed_days_before", yes && least != null && least.equals(most) ? least : null);
        answer.put("signed_days_before_low", yes ? least : null);
        answer.put("signed_days_before_high", yes ? most : null);
        answer.put("text", text(held, least, most));
        return answer;
    }

    private static String text(String held, @Nullable Integer least, @Nullable Integer most) {
        return switch (held) {
            case "yes" -> "held" + before(least, most);
            case "no" -> "not held";
            default -> "not determinable";
        };
    }

    private static String before(@Nullable Integer least, @Nullable Integer most) {
        if (least == null) {
            return "";
        }
        if (least.equals(most)) {
            return String.format(Locale.US, ", signed %,d days before", least);
        }
        return most == null
                ? String.format(Locale.US, ", signed at least %,d days before", least)
                : String.format(Locale.US, ", signed between %,d and %,d days before", least, most);
    }

    private static void putCounts(Reading reading, Map<UUID, ObjectNode> operations) throws SQLException {
        Map<UUID, String> leftOut = OperationMeasures.whole(reading).leftOut(operations.keySet());
        operations.forEach((id, operation) -> {
            boolean candidate = "recorded".equals(operation.path("status").asText())
                    && "operation".equals(operation.path("scope").asText());
            String reason = candidate
                    ? leftOut.get(id)
                    : operation.path("scope").asText().equals("programme") ? "programme" : "retracted";
            operation.put("counts", reason == null);
            operation.put("left_out_because", reason);
            JsonNode arrests = operation.path("figures").path("arrests");
            for (String field : List.of("low", "high", "qualifier", "text")) {
                operation.set("arrests_" + field, arrests.isObject() ? arrests.path(field) : operation.nullNode());
            }
        });
    }

    private static ObjectNode operation(Map<UUID, ObjectNode> operations, UUID id) {
        ObjectNode operation = operations.get(id);
        if (operation == null) {
            throw new IllegalStateException("The database answered for " + id + ", which was not asked for");
        }
        return operation;
    }

    /** The partner that a row with operation_id and ordinal is about. */
    private static ObjectNode partner(Map<UUID, ObjectNode> operations, ResultSet row) throws SQLException {
        ObjectNode operation = operation(operations, row.getObject("operation_id", UUID.class));
        return (ObjectNode) operation.path("partners").get(row.getInt("ordinal") - 1);
    }
}
