package ledger287.reporting.ingest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far each source log has been applied. Nothing outside this package advances it. */
@Singleton
final class SourceLog {
    private static final String LOCKED = "select position, topic_id, next_offset from log where name = ? for update";
    private static final Place NOTHING = new Place(0, null, 0);

    /**
     * @param position the newest position applied
     * @param topicId the topic that {@code nextOffset} belongs to; null before the first event
     * @param nextOffset where to go on reading
     */
    record Place(long position, @Nullable String topicId, long nextOffset) {}

    /** The place, held against other instances until the transaction ends. */
    Place lock(Connection transaction, String log) throws SQLException {
        Optional<Place> known = select(transaction, LOCKED, log);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into log (name) values (?) on conflict do nothing")) {
            insert.setString(1, log);
            insert.executeUpdate();
        }
        return select(transaction, LOCKED, log).orElse(NOTHING);
    }

    /** The place as last committed. */
    Place read(Connection connection, String log) throws SQLException {
        return select(connection, "select position, topic_id, next_offset from log where name = ?", log)
                .orElse(NOTHING);
    }

    void advance(Connection transaction, String log, Place place) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(
                "update log set position = ?, topic_id = ?, next_offset = ? where name = ?")) {
            update.setLong(1, place.position());
            update.setString(2, place.topicId());
            update.setLong(3, place.nextOffset());
            update.setString(4, log);
            update.executeUpdate();
        }
    }

    private static Optional<Place> select(Connection connection, String sql, String log) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, log);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Place(row.getLong(1), row.getString(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }
}
