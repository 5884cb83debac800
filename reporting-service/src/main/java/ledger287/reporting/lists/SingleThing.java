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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Reading;

/** One thing we keep versions of, and every event that made it what it is. */
final class SingleThing {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SingleThing() {}

    /** @param kind a kind we keep versions of; never a reader's text */
    static Optional<ObjectNode> find(Reading reading, String kind, UUID id) throws SQLException, IOException {
        Sql sql = new Sql("""
                        select v.image, c.event_id, c.sequence
                          from %1$s_version v
                          join change c on c.sequence = v.change_sequence
                         where v.%1$s_id = ?
                           and\s""".formatted(kind), id).add(reading.visible().of("v"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            ObjectNode thing = (ObjectNode) JSON.readTree(row.getString(1));
            thing.put("event_id", row.getString(2));
            thing.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(3));
            return Optional.of(thing);
        }
    }

    /** @param subjects as events name them, e.g. {@code agreement-<id>} */
    static List<ObjectNode> history(Reading reading, Set<String> subjects) throws SQLException, IOException {
        Sql sql = new Sql(
                """
                select c.sequence, c.event, split_part(c.subject, '-', 1)
                  from change c
                 where c.subject = any (?)
                   and c.sequence <= ?
                   and c.known_at <= ?
                 order by c.sequence
                """,
                subjects,
                reading.moment().cursor().sequence(),
                reading.moment().knownBy());
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            List<ObjectNode> events = new ArrayList<>();
            while (row.next()) {
                ObjectNode event = (ObjectNode) JSON.readTree(row.getString(2));
                event.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(1));
                event.set("changed", changed(event.path("data"), row.getString(3)));
                events.add(event);
            }
            return events;
        }
    }

    /** Field by field, what the event changed; empty when the thing is new. */
    private static ArrayNode changed(JsonNode data, String kind) {
        ArrayNode changed = JSON.createArrayNode();
        JsonNode before = data.path("before");
        if (before.isObject()) {
            for (Map.Entry<String, JsonNode> field : data.path(kind).properties()) {
                JsonNode from = before.path(field.getKey());
                if (!from.equals(field.getValue())) {
                    ObjectNode one = changed.addObject();
                    one.put("field", field.getKey());
                    one.set("from", from.isMissingNode() ? one.nullNode() : from);
                    one.set("to", field.getValue());
                }
            }
        }
        return changed;
    }
}
