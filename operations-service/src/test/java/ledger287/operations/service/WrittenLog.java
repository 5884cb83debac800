package ledger287.operations.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a ledger's log holds, apart from when it was recorded and from ids, which are new in every ledger: each is replaced
 * by the number of its first appearance, so that what belongs together still does.
 *
 * @param events how many
 * @param digest of all of them in their order
 * @param operations how many were recorded, by their external ids
 */
record WrittenLog(long events, String digest, Map<String, Integer> operations) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final String EVENTS = """
            select position, stream_id, version, type, data::text as data, data #>> '{after,external_id}' as external_id
            from event
            order by position
            """;

    static WrittenLog of(ServiceProcess service) throws SQLException {
        MessageDigest digest = sha256();
        Map<UUID, Integer> ids = new HashMap<>();
        Map<String, Integer> operations = new TreeMap<>();
        long events = 0;
        try (Connection connection = service.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
                statement.setFetchSize(1_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        events++;
                        if (rows.getLong("position") != events) {
                            throw new AssertionError("There is a gap before position " + rows.getLong("position"));
                        }
                        String type = rows.getString("type");
                        String said = rows.getString("stream_id") + " " + rows.getLong("version") + " " + type + " "
                                + (type.equals("ledger-opened") ? "" : rows.getString("data"));
                        digest.update(ID.matcher(said)
                                .replaceAll(id -> ids.computeIfAbsent(UUID.fromString(id.group()), any -> ids.size())
                                        .toString())
                                .getBytes(StandardCharsets.UTF_8));
                        if (type.equals("operation-recorded")) {
                            operations.merge(rows.getString("external_id"), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return new WrittenLog(events, HexFormat.of().formatHex(digest.digest()), operations);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
