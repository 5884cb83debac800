package ledger287.reporting.ingest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import ledger287.reporting.changelog.ChangeLog;
import org.jspecify.annotations.Nullable;

/** How far each source log has been applied. Nothing outside this package advances it. */
@Singleton
final class SourceLog {
    private static final Place NOTHING = new Place(0, null, 0);

    /**
     * @param position the newest position applied
     * @param topicId the topic that {@code nextOffset} belongs to; null before the first event
     * @param nextOffset where to go on reading
     */
    record Place(long position, @Nullable String topicId, long nextOffset) {}

    /** Where a source log and the change log stand, which nobody else can change until the transaction ends. */
    record Held(Place place, ChangeLog.End end) {}

    /** Holds a log's place, then the change log's end, against other instances. */
    Held lock(Connection transaction, String log) throws SQLException {
        Optional<Held> known = locked(transaction, log);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into log (name) values (?) on conflict do nothing")) {
            insert.setString(1, log);
            insert.executeUpdate();
        }
        return locked(transaction, log)
                .orElseThrow(() -> new SQLException("The log " + log + " cannot be begun: change_head is empty"));
    }

    private static Optional<Held> locked(Connection transaction, String log) throws SQLException {
        // Rows are locked in the order of FROM, which is everybody's.
        try (PreparedStatement select = transaction.prepareStatement("""
                select l.position, l.topic_id, l.next_offset, %s
                  from log l
                 cross join change_head h
                 where l.name = ?
                   for update
                """.formatted(ChangeLog.END))) {
            select.setString(1, log);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Held(place(row), ChangeLog.end(row, 4))) : Optional.empty();
            }
        }
    }

    /** The place as last committed. */
    Place read(Connection connection, String log) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select position, topic_id, next_offset from log where name = ?")) {
            select.setString(1, log);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? place(row) : NOTHING;
            }
        }
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

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getLong(1), row.getString(2), row.getLong(3));
    }
}
