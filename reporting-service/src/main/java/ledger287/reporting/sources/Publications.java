package ledger287.reporting.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Reading;

/** The workbooks as the ledger took them in. */
public final class Publications {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Publications() {}

    /** Puts the newest workbook of each kind that counts, or null. */
    public static void putLatest(Reading reading, ObjectNode answer) throws SQLException, IOException {
        List<ObjectNode> latest = select(
                reading,
                new Sql("""
                        select distinct on (v.kind) v.image, c.event_id, c.sequence, c.recorded_at
                          from sheet_version v
                          join change c on c.sequence = v.change_sequence
                         where v.status = 'imported'
                           and\s""")
                        .add(reading.visible().of("v"))
                        .add("\n order by v.kind, v.published_at desc, v.from_sequence desc"));
        for (String kind : List.of("participating", "pending")) {
            answer.putNull(kind);
            latest.stream()
                    .filter(sheet -> sheet.path("kind").asText().equals(kind))
                    .findFirst()
                    .ifPresent(sheet -> {
                        ObjectNode shown = answer.putObject(kind);
                        for (String field :
                                List.of("published_at", "published_label", "file_name", "sha256", "sheet_id")) {
                            JsonNode value = sheet.path(field);
                            shown.set(field, value.isMissingNode() ? shown.nullNode() : value);
                        }
                    });
        }
    }

    /** Adds when the ledger recorded what it says of each workbook. */
    static void addRecorded(Reading reading, List<ObjectNode> sheets) throws SQLException {
        if (sheets.isEmpty()) {
            return;
        }
        Map<String, ObjectNode> byEvent = new HashMap<>();
        sheets.forEach(sheet -> byEvent.put(sheet.path("event_id").asText(), sheet));
        Sql sql = new Sql(
                "select c.event_id, c.recorded_at from change c where c.event_id = any (?)",
                byEvent.keySet().stream().map(UUID::fromString).toList());
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ObjectNode sheet = byEvent.get(row.getString(1));
                if (sheet != null) {
                    sheet.put(
                            "recorded_at",
                            row.getObject(2, OffsetDateTime.class).toInstant().toString());
                }
            }
        }
    }

    private static List<ObjectNode> select(Reading reading, Sql sql) throws SQLException, IOException {
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            List<ObjectNode> sheets = new ArrayList<>();
            while (row.next()) {
                ObjectNode sheet = (ObjectNode) JSON.readTree(row.getString(1));
                sheet.put("event_id", row.getString(2));
                sheet.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(3));
                sheet.put(
                        "recorded_at",
                        row.getObject(4, OffsetDateTime.class).toInstant().toString());
                sheets.add(sheet);
            }
            return sheets;
        }
    }
}
