package ledger287.reporting.ingest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events that could not be projected, each with all later events of its subject, until an operator replays them. */
@Singleton
final class ParkedEvents {
    private final Clock clock;
    private final IdSource ids;

    ParkedEvents(Clock clock, IdSource ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** @param readable whether it is an event at all, and {@code position} certain */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Parked(
            UUID id,
            String log,
            long position,
            boolean readable,
            long offset,
            String subject,
            byte[] raw,
            String problem,
            Instant parkedAt) {}

    void park(Connection transaction, String log, long position, TopicRecord record, String problem)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                insert into parked_event (id, log, position, readable, record_offset, subject, raw, problem, parked_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, ids.next());
            insert.setString(2, log);
            insert.setLong(3, position);
            insert.setBoolean(4, record instanceof TopicRecord.Legible);
            insert.setLong(5, record.offset());
            insert.setString(6, storable(record.subject()));
            insert.setBytes(7, record.raw());
            insert.setString(8, storable(problem));
            insert.setObject(9, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    /**
     * What is parked of a log.
     *
     * @param subjects those whose later events must wait behind it
     * @param illegible how many unreadable records may account for positions that have not come
     */
    record Waiting(Set<String> subjects, int illegible) {}

    /** What is parked when a log has come to a position. */
    Waiting waiting(Connection connection, String log, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select subject, not readable and position > ?
                  from parked_event
                 where log = ? and replayed_at is null
                """)) {
            select.setLong(1, position);
            select.setString(2, log);
            try (ResultSet row = select.executeQuery()) {
                Set<String> subjects = new HashSet<>();
                int illegible = 0;
                while (row.next()) {
                    subjects.add(row.getString(1));
                    illegible += row.getBoolean(2) ? 1 : 0;
                }
                return new Waiting(subjects, illegible);
            }
        }
    }

    /** Whether these very bytes at this offset have been parked already. */
    boolean knows(Connection connection, String log, TopicRecord record) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select 1 from parked_event
                 where log = ? and not readable and record_offset = ? and raw = ?
                """)) {
            select.setString(1, log);
            select.setLong(2, record.offset());
            select.setBytes(3, record.raw());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Everything parked, oldest first. */
    List<Parked> open(Connection connection) throws SQLException {
        return select(connection, "replayed_at is null", null, null);
    }

    /** One that is still parked, by its id or its subject. */
    Optional<Parked> find(Connection connection, String idOrSubject) throws SQLException {
        return open(connection).stream()
                .filter(parked -> parked.id().toString().equals(idOrSubject)
                        || parked.subject().equals(idOrSubject))
                .findFirst();
    }

    /**
     * The event after this position came after all; so illegible records that were presumed to be it, or later ones, are
     * none of the log's. Nothing was lost.
     *
     * @return the subjects they had been parked under
     */
    Set<String> foreign(Connection transaction, String log, long position) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                update parked_event
                   set replayed_at = ?, problem = problem || ' (it was no event of this log)'
                 where log = ? and not readable and replayed_at is null and position > ?
                returning subject
                """)) {
            update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            update.setString(2, log);
            update.setLong(3, position);
            try (ResultSet row = update.executeQuery()) {
                Set<String> subjects = new HashSet<>();
                while (row.next()) {
                    subjects.add(row.getString(1));
                }
                return subjects;
            }
        }
    }

    /** What is parked of one subject, in order of position, held until the transaction ends. */
    List<Parked> lock(Connection transaction, String log, String subject) throws SQLException {
        return select(transaction, "replayed_at is null and log = ? and subject = ?", log, subject);
    }

    void replayed(Connection transaction, List<Parked> parked) throws SQLException {
        try (PreparedStatement update =
                transaction.prepareStatement("update parked_event set replayed_at = ? where id = any (?)")) {
            update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            update.setArray(
                    2,
                    transaction.createArrayOf(
                            "uuid", parked.stream().map(Parked::id).toArray()));
            update.executeUpdate();
        }
    }

    private static List<Parked> select(
            Connection connection, String condition, @Nullable String log, @Nullable String subject)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select id, log, position, readable, record_offset, subject, raw, problem, parked_at
                  from parked_event
                 where %s
                 order by log, position, record_offset
                """.formatted(condition))) {
            if (log != null) {
                select.setString(1, log);
                select.setString(2, subject);
            }
            try (ResultSet row = select.executeQuery()) {
                List<Parked> parked = new ArrayList<>();
                while (row.next()) {
                    parked.add(new Parked(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getLong(3),
                            row.getBoolean(4),
                            row.getLong(5),
                            row.getString(6),
                            row.getBytes(7),
                            row.getString(8),
                            row.getObject(9, OffsetDateTime.class).toInstant()));
                }
                return parked;
            }
        }
    }

    /** PostgreSQL's text holds no NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
