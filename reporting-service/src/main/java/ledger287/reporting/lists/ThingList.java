package ledger287.reporting.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/** A list of one kind of thing: how it is selected, ordered and shown. */
public abstract class ThingList {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> COMMON = Set.of("listed", "status", "q", "sort", "limit", "cursor", "on");

    /** What happens with each item, in order. */
    public interface Each {
        void item(ObjectNode item) throws SQLException, IOException;
    }

    final Set<String> parameters() {
        Set<String> all = new TreeSet<>(Filters.NAMES);
        all.addAll(ownParameters());
        return all;
    }

    /** What the list takes beside filters. */
    protected Set<String> ownParameters() {
        return COMMON;
    }

    protected static Set<String> withoutOn() {
        Set<String> own = new TreeSet<>(COMMON);
        own.remove("on");
        return own;
    }

    /** Reads the list's parameters. */
    protected abstract Selection select(Question question);

    /** Whether the kind's workbook is known at all: if not, the count is null. */
    protected abstract boolean known(Reading reading) throws SQLException;

    /** Columns of the CSV form. */
    protected abstract String[] columns();

    /** Where a column's value is in an item; a dotted path. */
    List<@Nullable Object> cells(ObjectNode item) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (String column : columns()) {
            JsonNode value = at(item, column);
            cells.add(value.isMissingNode() || value.isNull() ? null : value.isArray() ? joined(value) : plain(value));
        }
        return cells;
    }

    /** {@code moa_url} is {@code moa.url} unless the item has a field of that very name. */
    private static JsonNode at(ObjectNode item, String column) {
        if (item.has(column)) {
            return item.path(column);
        }
        for (int i = column.indexOf('_'); i > 0; i = column.indexOf('_', i + 1)) {
            JsonNode outer = item.path(column.substring(0, i));
            if (outer.isObject() && outer.has(column.substring(i + 1))) {
                return outer.path(column.substring(i + 1));
            }
        }
        return item.path(column);
    }

    private static Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case NUMBER -> value.numberValue();
            case BOOLEAN -> value.booleanValue();
            default -> value.asText();
        };
    }

    private static String joined(JsonNode array) {
        List<String> parts = new ArrayList<>();
        array.forEach(part -> parts.add(part.isObject() ? part.path("name").asText() : part.asText()));
        return String.join("; ", parts);
    }

    /** The order asked for, made total by the id, so that pages never overlap. */
    protected static String order(Question question, Map<String, String> columns, String otherwise, String id) {
        Set<String> words = new TreeSet<>(columns.keySet());
        columns.keySet().forEach(column -> words.add("-" + column));
        return question.parameters()
                .word("sort", words)
                .map(sort -> {
                    boolean down = sort.startsWith("-");
                    String column = columns.get(down ? sort.substring(1) : sort);
                    return column + (down ? " desc" : "") + " nulls last, " + id;
                })
                .orElse(otherwise + ", " + id);
    }

    /** A search in names: letters as typed, in any case. */
    protected static Sql search(Question question, String column) {
        return question.parameters()
                .search("q")
                .map(text -> new Sql(
                        "\n   and " + column + " ilike ?",
                        "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"))
                .orElseGet(() -> new Sql(""));
    }

    protected static Sql statuses(Set<String> statuses, String column) {
        return statuses.isEmpty() ? new Sql("") : new Sql("\n   and " + column + " = any (?)", statuses);
    }

    /** A list as asked for. */
    public interface Selection {
        long count(Reading reading) throws SQLException;

        /** @param page null: all of it, streamed */
        void each(Reading reading, Question.@Nullable Page page, Each each) throws SQLException, IOException;
    }

    /**
     * A selection made of SQL.
     *
     * @param from common table expressions
     * @param rows the rest: from, where
     * @param columns image first, then event id, sequence, and extras under their names
     */
    public record SqlSelection(Build from, Build rows, String columns, String order, List<String> extras)
            implements Selection {
        /** SQL that depends on what is visible. */
        public interface Build {
            Sql at(Reading reading);
        }

        @Override
        public long count(Reading reading) throws SQLException {
            Sql sql = new Sql("").add(from.at(reading)).add("select count(*)\n").add(rows.at(reading));
            try (PreparedStatement select = sql.prepare(reading.connection());
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }

        @Override
        public void each(Reading reading, Question.@Nullable Page page, Each each) throws SQLException, IOException {
            Sql sql = new Sql("")
                    .add(from.at(reading))
                    .add("select " + columns + "\n")
                    .add(rows.at(reading))
                    .add("\n order by " + order);
            if (page != null) {
                sql.add("\n limit ? offset ?", page.limit(), page.offset());
            }
            try (PreparedStatement select = sql.prepare(reading.connection())) {
                select.setFetchSize(500);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        each.item(item(reading, row));
                    }
                }
            }
        }

        private ObjectNode item(Reading reading, ResultSet row) throws SQLException, IOException {
            ObjectNode item = (ObjectNode) JSON.readTree(row.getString(1));
            for (String extra : extras) {
                Object value = row.getObject(extra);
                switch (value) {
                    case null -> item.putNull(extra);
                    case Long number -> item.put(extra, number);
                    case String text -> item.put(extra, text);
                    default -> item.put(extra, value.toString());
                }
            }
            item.put("event_id", row.getString(2));
            item.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(3));
            return item;
        }
    }

    protected static String[] columns(String... names) {
        return Arrays.copyOf(names, names.length);
    }
}
