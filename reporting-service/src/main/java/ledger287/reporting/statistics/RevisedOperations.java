package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.operations.Bounds;
import ledger287.reporting.operations.OperationMeasures;
import ledger287.reporting.operations.OperationMeasures.By;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/**
 * Operations that may have begun by a day and whose arrests are claimed otherwise, as known later, than they were that
 * day. Of then and of now alike: whether one of unknown beginning had begun is no difference.
 */
final class RevisedOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FACTS = List.of("name", "arrests_low", "arrests_high", "left_out_because");

    private RevisedOperations() {}

    /** The headline's figures about operations that mean the same of then and of now. */
    static void putFigures(Reading reading, Filters filters, LocalDate day, ObjectNode figures) throws SQLException {
        if (!OperationMeasures.known(reading)) {
            return;
        }
        List<OperationMeasures.Row> rows =
                OperationMeasures.begunBy(day, reading, filters).rows(By.WHOLE);
        ObjectNode operations = figures.putObject("operations");
        Bounds arrests = rows.isEmpty() ? Bounds.UNKNOWN : rows.getFirst().arrests();
        operations.put("count", rows.isEmpty() ? 0 : rows.getFirst().operations());
        operations.putObject("arrests").put("low", arrests.low()).put("high", arrests.high());
    }

    static List<ObjectNode> of(Reading then, Reading now, Filters filters, LocalDate day) throws SQLException {
        List<ObjectNode> items = new ArrayList<>();
        try (PreparedStatement select = sql(then, now, filters, day).prepare(now.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                boolean counted = row.getBoolean("then_there");
                boolean counts = row.getBoolean("now_there");
                ObjectNode item = JSON.createObjectNode();
                item.put("kind", "operation");
                item.put("operation_id", row.getString("operation_id"));
                item.put("operation_name", row.getString(counts ? "now_name" : "then_name"));
                item.put("change", counts ? counted ? "restated" : "added" : "removed");
                item.put("counted_then", counted);
                item.put("counted_now", counts);
                ArrayNode changed = item.putArray("changed");
                for (String fact : counted && counts ? FACTS : List.<String>of()) {
                    String before = row.getString("then_" + fact);
                    String after = row.getString("now_" + fact);
                    if (!Objects.equals(before, after)) {
                        changed.addObject()
                                .put("field", fact)
                                .put("from", before)
                                .put("to", after);
                    }
                }
                items.add(item);
            }
        }
        return items;
    }

    /** The claims about each operation, as subjects of events. */
    static Map<String, Set<String>> claims(Reading now, Collection<UUID> operations) throws SQLException {
        Map<String, Set<String>> claims = new HashMap<>();
        if (operations.isEmpty()) {
            return claims;
        }
        Sql sql = new Sql(
                        "select c.operation_id, c.claim_id from claim_version c where c.operation_id = any (?) and ",
                        operations)
                .add(now.visible().of("c"));
        try (PreparedStatement select = sql.prepare(now.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                claims.computeIfAbsent(row.getString(1), id -> new TreeSet<>()).add("claim-" + row.getString(2));
            }
        }
        return claims;
    }

    private static Sql sql(Reading then, Reading now, Filters filters, LocalDate day) throws SQLException {
        StringBuilder facts = new StringBuilder();
        for (String fact : FACTS) {
            facts.append(",\n       t.%1$s as then_%1$s, n.%1$s as now_%1$s".formatted(fact));
        }
        return new Sql("""
                select coalesce(n.operation_id, t.operation_id) as operation_id,
                       t.operation_id is not null as then_there,
                       n.operation_id is not null as now_there""" + facts + "\n  from (\n")
                .add(OperationMeasures.begunBy(day, then, filters).figuresOfEach())
                .add(") t\n  full join (\n")
                .add(OperationMeasures.begunBy(day, now, filters).figuresOfEach())
                .add("""
                        ) n on n.operation_id = t.operation_id
                         where (t.operation_id is null) is distinct from (n.operation_id is null)
                            or (t.name, t.arrests_low, t.arrests_high, t.left_out_because)
                               is distinct from (n.name, n.arrests_low, n.arrests_high, n.left_out_because)
                         order by coalesce(n.name, t.name), 1
                        """);
    }
}
