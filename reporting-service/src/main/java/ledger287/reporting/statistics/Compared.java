package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import ledger287.reporting.database.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What two moments tell of one kind of thing, read by one statement: rows of a moment are looked for once, whether they
 * are counted or compared.
 *
 * @param then the figures at the first moment
 * @param now the figures at the second
 * @param items whatever differs, and is in the window
 */
record Compared<F>(F then, F now, List<ObjectNode> items) {
    /** What is told of agreements and applications alike. */
    static final List<String> ROSTER_FACTS =
            List.of("agency_id", "agency_name", "state", "county", "agency_type", "support_type");

    /** How columns begin that tell of the first moment. */
    static final String THEN = "then_";

    /** How columns begin that tell of the second. */
    static final String NOW = "now_";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which of all differences, one kind after another, are made items of: those of a page, or all of them. */
    static final class Window {
        private final long offset;
        private final long limit;
        private long passed;
        private long taken;

        /** The first {@code limit} after {@code offset} others. */
        Window(long offset, long limit) {
            this.offset = offset;
            this.limit = limit;
        }

        static Window all() {
            return new Window(0, Integer.MAX_VALUE);
        }

        /** How many differences there were so far. */
        long passed() {
            return passed;
        }

        /** How many of the next kind come before the window. */
        long offset() {
            return Math.max(0, offset - passed);
        }

        /** How many of the next kind there is room for. */
        long limit() {
            return limit - taken;
        }

        private void pass(long differences, long items) {
            passed += differences;
            taken += items;
        }
    }

    /** Makes figures of their row as JSON; of null when nothing is there to be counted. */
    interface FiguresOf<F> {
        F read(@Nullable JsonNode row);
    }

    /** Makes an item of a row. */
    interface ItemOf {
        ObjectNode read(ResultSet row) throws SQLException;
    }

    /**
     * One row of the figures of both, then the differences.
     *
     * @param then a query, which the differences call {@code t}
     * @param now another, {@code n}
     * @param figures the query of one row of figures over a table named
     * @param differences a query over both
     * @param order of the differences, by their columns
     * @param window those of the differences that are wanted
     */
    static Sql sql(Sql then, Sql now, UnaryOperator<String> figures, String differences, String order, Window window) {
        return new Sql("with t as materialized (\n")
                .add(then)
                .add("\n), n as materialized (\n")
                .add(now)
                .add(
                        """

                        ), difference as (
                        %s)
                        select *
                          from (select 0 as part, (select to_json(f) from (%s) f) as then_figures,
                                       (select to_json(f) from (%s) f) as now_figures,
                                       (select count(*) from difference) as differences, d.*
                                  from (select) one
                                  left join difference d on false
                                 union all
                                (select 1, null, null, null, d.* from difference d order by %s offset ? limit ?)) d
                         order by part, %s
                        """.formatted(differences, figures.apply("t"), figures.apply("n"), order, order),
                        window.offset(),
                        window.limit());
    }

    /** Columns {@code then_…} and {@code now_…} of each fact, each beginning with a comma. */
    static String columns(List<String> facts) {
        StringBuilder columns = new StringBuilder();
        for (String fact : facts) {
            columns.append(",\n       t.%1$s as then_%1$s, n.%1$s as now_%1$s".formatted(fact));
        }
        return columns.toString();
    }

    /** The condition that one of the facts is told otherwise. */
    static String differ(List<String> facts) {
        return "(t." + String.join(", t.", facts) + ") is distinct from (n." + String.join(", n.", facts) + ")";
    }

    static <F> Compared<F> read(Connection connection, Sql sql, Window window, FiguresOf<F> figures, ItemOf items)
            throws SQLException {
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            F then = figures.read(json(row.getString("then_figures")));
            F now = figures.read(json(row.getString("now_figures")));
            long all = row.getLong("differences");
            List<ObjectNode> differences = new ArrayList<>();
            while (row.next()) {
                differences.add(items.read(row));
            }
            window.pass(all, differences.size());
            return new Compared<>(then, now, differences);
        }
    }

    /**
     * An item with its id and facts.
     *
     * @param moment by which the facts are told: {@link #THEN} or {@link #NOW}
     */
    static ObjectNode item(String kind, ResultSet row, String moment, List<String> facts) throws SQLException {
        ObjectNode item = JSON.createObjectNode();
        item.put("kind", kind);
        item.put(kind + "_id", row.getString(kind + "_id"));
        for (String fact : facts) {
            item.put(fact, row.getString(moment + fact));
        }
        return item;
    }

    /**
     * Says that it counts now and did not, or the other way round, or that other facts are told of it.
     *
     * @param row with {@code then_counts} and {@code now_counts}
     */
    static void putChange(ObjectNode item, ResultSet row) throws SQLException {
        boolean counted = row.getBoolean("then_counts");
        boolean counts = row.getBoolean("now_counts");
        item.put("change", counts ? counted ? "restated" : "added" : "removed");
        item.put("counted_then", counted);
        item.put("counted_now", counts);
    }

    /** Says which of the facts are told otherwise. */
    static void putChanged(ObjectNode item, ResultSet row, List<String> facts) throws SQLException {
        ArrayNode changed = item.putArray("changed");
        for (String fact : facts) {
            String before = row.getString(THEN + fact);
            String after = row.getString(NOW + fact);
            if (!Objects.equals(before, after)) {
                changed.addObject().put("field", fact).put("from", before).put("to", after);
            }
        }
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL makes JSON", e);
        }
    }
}
