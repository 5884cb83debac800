package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.operations.OperationMeasures;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/**
 * Operations that may have begun by a day and whose arrests are claimed otherwise, as known later, than they were that
 * day. Of then and of now alike: whether one of unknown beginning had begun is no difference.
 */
final class RevisedOperations {
    private static final List<String> FACTS = List.of("name", "arrests_low", "arrests_high", "left_out_because");

    private RevisedOperations() {}

    static Compared<OperationMeasures.Row> of(
            Reading then, Reading now, Filters filters, LocalDate day, Compared.Window window) throws SQLException {
        return Compared.read(
                now.connection(),
                sql(then, now, filters, day, window),
                window,
                row -> OperationMeasures.Row.whole(Objects.requireNonNull(row, "a sum has a row")),
                RevisedOperations::item);
    }

    /** Puts the headline's figures about operations that mean the same of then and of now, if any operation was known. */
    static void putFigures(Reading reading, OperationMeasures.Row row, ObjectNode figures) throws SQLException {
        if (!OperationMeasures.known(reading)) {
            return;
        }
        ObjectNode operations = figures.putObject("operations");
        operations.put("count", row.operations());
        operations
                .putObject("arrests")
                .put("low", row.arrests().low())
                .put("high", row.arrests().high());
    }

    private static ObjectNode item(ResultSet row) throws SQLException {
        boolean counted = row.getBoolean("then_counts");
        boolean counts = row.getBoolean("now_counts");
        String moment = counts ? Compared.NOW : Compared.THEN;
        ObjectNode item = Compared.item("operation", row, moment, List.of());
        item.put("operation_name", row.getString(moment + "name"));
        Compared.putChange(item, row);
        Compared.putChanged(item, row, counted && counts ? FACTS : List.of());
        return item;
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

    private static Sql sql(Reading then, Reading now, Filters filters, LocalDate day, Compared.Window window)
            throws SQLException {
        return Compared.sql(
                OperationMeasures.begunBy(day, then, filters).figuresOfEach(),
                OperationMeasures.begunBy(day, now, filters).figuresOfEach(),
                OperationMeasures::sums,
                """
                select coalesce(n.operation_id, t.operation_id) as operation_id,
                       t.operation_id is not null as then_counts,
                       n.operation_id is not null as now_counts%s
                  from t
                  full join n on n.operation_id = t.operation_id
                 where t.operation_id is null
                    or n.operation_id is null
                    or %s
                """.formatted(Compared.columns(FACTS), Compared.differ(FACTS)),
                "coalesce(now_name, then_name), operation_id",
                window);
    }
}
