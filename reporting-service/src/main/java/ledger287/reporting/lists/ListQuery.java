package ledger287.reporting.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A list as somebody asked for it: which things, in which order, which of their columns, and what they are counted by.
 *
 * @param conditions beside those that the source has already
 * @param fields the columns asked for, in that order; empty: whole things
 */
record ListQuery(
        ThingList.Source source,
        List<ListColumn> columns,
        List<ListColumn.Condition> conditions,
        List<Key> order,
        String otherwise,
        List<ListColumn> fields,
        List<ListColumn> facets,
        ThingAnswers.Addition addition) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Things are completed together, so that a long list needs few statements. */
    private static final int TOGETHER = 500;

    /** @param down whether the greatest comes first; what is not known comes last either way */
    record Key(ListColumn column, boolean down) {}

    /** What happens with each item, in order. */
    interface Each {
        void item(ObjectNode item) throws SQLException, IOException;
    }

    long count(Reading reading) throws SQLException {
        Sql sql = source.tables()
                .at(reading)
                .add("select count(*)\n")
                .add(source.rows().at(reading))
                .add(and(reading));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** How many there are of each value, most first; null for those of which it is not known. Their sum is the count. */
    void putFacets(Reading reading, ObjectNode answer) throws SQLException {
        Sql values = new Sql("");
        List<String> names = new ArrayList<>();
        for (ListColumn facet : facets) {
            String name = "value_" + names.size();
            values.add(names.isEmpty() ? "" : ", ").add(facet.at(reading)).add(" as " + name);
            names.add(name);
        }
        String all = String.join(", ", names);
        Sql sql = source.tables()
                .at(reading)
                .add("select grouping(" + all + ") as others, count(*) as count, " + all + "\n  from (\nselect ")
                .add(values)
                .add("\n")
                .add(source.rows().at(reading))
                .add(and(reading))
                .add("\n) found\n group by grouping sets ((" + String.join("), (", names) + "))\n")
                .add(" order by count(*) desc, " + all);
        ObjectNode counts = answer.putObject("facets");
        facets.forEach(facet -> counts.putArray(facet.name()));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                // A bit for each facet, the last one's lowest: set where the row does not tell of it.
                int told = ~row.getInt("others") & (1 << names.size()) - 1;
                int facet = names.size() - 1 - Integer.numberOfTrailingZeros(told);
                ObjectNode one = ((ArrayNode) counts.path(facets.get(facet).name())).addObject();
                put(one, "value", row.getObject(names.get(facet)));
                one.put("count", row.getLong("count"));
            }
        }
    }

    /** All of them, as they are read. */
    void each(Reading reading, Each each) throws SQLException, IOException {
        read(reading, whole(reading), each);
    }

    /** Those of a page; returns how many there are in all. */
    long each(Reading reading, Question.Page page, Each each) throws SQLException, IOException {
        long count = read(reading, page(reading, page), each);
        return count > 0 ? count : count(reading);
    }

    /** Returns how many there are in all where the rows say so, else 0. */
    private long read(Reading reading, Sql sql, Each each) throws SQLException, IOException {
        List<ObjectNode> together = new ArrayList<>();
        long count = 0;
        try (PreparedStatement select = sql.prepare(reading.connection())) {
            select.setFetchSize(TOGETHER);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    count = row.getLong("found");
                    together.add(item(reading, row));
                    if (together.size() == TOGETHER) {
                        flush(reading, together, each);
                    }
                }
            }
        }
        flush(reading, together, each);
        return count;
    }

    private Sql whole(Reading reading) throws SQLException {
        return source.tables()
                .at(reading)
                .add("select " + source.image() + ", e.event_id, e.sequence, 0 as found")
                .add(computed(reading))
                .add("\n")
                .add(found(reading));
    }

    /**
     * Images are large and scattered: first the ids of the page, which indexes tell, then the images of those alone. That
     * a change exists is known, so the log is joined where something of it is asked for. The page is found once whatever
     * the planner thinks: of tables that were just filled it knows nothing, and would find it anew for every row.
     */
    private Sql page(Reading reading, Question.Page page) throws SQLException {
        Sql sql = source.tables().at(reading);
        return sql.add(sql.isEmpty() ? "with" : ",")
                .add(" page as materialized (\nselect row_number() over () as place, f.*\n  from (\nselect ")
                .add(source.id() + " as id, count(*) over () as found")
                .add(computed(reading))
                .add("\n")
                .add(found(reading))
                .add("\n limit ? offset ?) f)\n", page.limit(), page.offset())
                .add("select i.image, e.event_id, e.sequence, p.*\n  from page p\n")
                .add("  join %s i on i.%s = p.id and ".formatted(source.versions(), source.idColumn()))
                .add(reading.visible().of("i"))
                .add("\n  join change e on e.sequence = i.change_sequence\n order by p.place");
    }

    private Sql computed(Reading reading) {
        Sql sql = new Sql("");
        for (ListColumn column : columns) {
            if (column.isComputed()) {
                sql.add(", ").add(column.at(reading)).add(" as " + column.name());
            }
        }
        return sql;
    }

    private Sql found(Reading reading) throws SQLException {
        Sql sql = source.rows().at(reading).add(and(reading)).add("\n order by ");
        for (Key key : order) {
            sql.add(key.column().at(reading)).add(key.down() ? " desc nulls last, " : " nulls last, ");
        }
        return sql.add(order.isEmpty() ? otherwise + ", " : "").add(source.id());
    }

    private void flush(Reading reading, List<ObjectNode> together, Each each) throws SQLException, IOException {
        addition.to(reading, together);
        for (ObjectNode item : together) {
            each.item(item);
        }
        together.clear();
    }

    private Sql and(Reading reading) {
        Sql all = new Sql("");
        for (ListColumn.Condition condition : conditions) {
            all.add("\n   and (").add(condition.at(reading)).add(")");
        }
        return all;
    }

    private ObjectNode item(Reading reading, ResultSet row) throws SQLException, IOException {
        ObjectNode item = (ObjectNode) JSON.readTree(row.getString(1));
        for (ListColumn column : columns) {
            if (column.isComputed()) {
                put(item, column.name(), row.getObject(column.name()));
            }
        }
        item.put("event_id", row.getString(2));
        item.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(3));
        return item;
    }

    private static void put(ObjectNode object, String name, @Nullable Object value) {
        switch (value) {
            case null -> object.putNull(name);
            case Boolean truth -> object.put(name, truth);
            case Number number -> object.put(name, number.longValue());
            case java.sql.Timestamp time -> object.put(name, time.toInstant().toString());
            default -> object.put(name, value.toString());
        }
    }

    /** The thing as it is shown: whole, or the columns that were asked for. */
    ObjectNode shown(ObjectNode item) {
        if (fields.isEmpty()) {
            return item;
        }
        ObjectNode shown = JSON.createObjectNode();
        for (ListColumn field : fields) {
            JsonNode value = at(item, field.name());
            shown.set(field.name(), value.isMissingNode() ? shown.nullNode() : value);
        }
        return shown;
    }

    /** The columns of the list as a table. */
    List<ListColumn> table() {
        return fields.isEmpty() ? columns.stream().filter(ListColumn::isShown).toList() : fields;
    }

    List<@Nullable Object> cells(ObjectNode item) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (ListColumn column : table()) {
            JsonNode value = at(item, column.name());
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
}
