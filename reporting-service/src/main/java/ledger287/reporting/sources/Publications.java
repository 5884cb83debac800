package ledger287.reporting.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Reading;

/** The workbooks as the ledger took them in. */
public final class Publications {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Publications() {}

    /** Every workbook known, oldest first. */
    public static List<ObjectNode> all(Reading reading) throws SQLException, IOException {
        return select(
                reading,
                new Sql("""
                        select v.image, c.event_id, c.sequence, c.recorded_at
                          from sheet_version v
                          join change c on c.sequence = v.change_sequence
                         where\s""").add(reading.visible().of("v")).add("\n order by v.published_at, v.kind, v.sheet_id"));
    }

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
                        row.getObject(4, java.time.OffsetDateTime.class)
                                .toInstant()
                                .toString());
                sheets.add(sheet);
            }
            return sheets;
        }
    }
}
