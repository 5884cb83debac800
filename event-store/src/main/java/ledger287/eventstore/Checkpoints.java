package ledger287.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** The publisher's row in the database. */
final class Checkpoints {

    /** The checkpoint, and the head of the log at the same moment. */
    record Observed(Checkpoint checkpoint, long head) {}

    private static final String OBSERVE = """
            select h.position as head, c.topic_id, c.generation, c.adopting, c.publication, c.position
            from log_head h
            left join publisher_checkpoint c on c.log = ?
            """;

    /** Takes a topic for this log's, unless the operator has spoken in the meantime. */
    private static final String ADOPT = """
            insert into publisher_checkpoint as c (log, topic_id, generation, adopting, publication, position, updated_at)
            values (?, ?, ?, false, gen_random_uuid(), 0, ?)
            on conflict (log) do update
            set topic_id = excluded.topic_id, adopting = false, publication = excluded.publication, position = 0,
                updated_at = excluded.updated_at
            where c.generation = excluded.generation and c.topic_id is null
            """;

    private static final String ADVANCE = """
            update publisher_checkpoint
            set position = ?, updated_at = ?
            where log = ? and topic_id = ? and generation = ? and position < ?
            returning (select position from log_head)
            """;

    private static final String REPUBLISH = """
            insert into publisher_checkpoint as c (log, topic_id, generation, adopting, position, updated_at)
            values (?, null, 1, true, 0, ?)
            on conflict (log) do update
            set topic_id = null, generation = c.generation + 1, adopting = true, position = 0,
                updated_at = excluded.updated_at
            """;

    private final String log;
    private final Clock clock;

    Checkpoints(String log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    Observed observe(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OBSERVE)) {
            statement.setString(1, log);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long head = rows.getLong("head");
                int generation = rows.getInt("generation");
                Checkpoint checkpoint = rows.wasNull()
                        ? Checkpoint.NONE
                        : new Checkpoint(
                                rows.getString("topic_id"),
                                generation,
                                rows.getBoolean("adopting"),
                                rows.getString("publication"),
                                rows.getLong("position"));
                return new Observed(checkpoint, head);
            }
        }
    }

    void adopt(Connection connection, String topicId, int generation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADOPT)) {
            statement.setString(1, log);
            statement.setString(2, topicId);
            statement.setInt(3, generation);
            statement.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /**
     * Never goes back, and does nothing when the operator has ordered a publication from the start.
     *
     * @return the head of the log; empty when nothing was done
     */
    OptionalLong advance(Connection connection, Checkpoint to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setLong(1, to.position());
            statement.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            statement.setString(3, log);
            statement.setString(4, to.topicId());
            statement.setInt(5, to.generation());
            statement.setLong(6, to.position());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    void republishFromStart(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REPUBLISH)) {
            statement.setString(1, log);
            statement.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
