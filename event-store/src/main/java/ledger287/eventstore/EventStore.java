package ledger287.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The log. Every method works on the caller's connection and leaves its transaction to the caller. Has no state of its
 * own; safe to share.
 */
public final class EventStore {

    /**
     * One statement, for the lock on {@code log_head} is held from here to the commit and every round trip would be paid
     * by all writers in turn. The order of its parts is the order of its locks, and is forced by what each needs from the
     * one before:
     *
     * <ol>
     *   <li>{@code moved} locks the streams, sorted by id so that two appends cannot wait for each other. The upsert sees
     *       the newest committed version even when another transaction wrote it after this statement began, which a
     *       select would not.
     *   <li>{@code checked} compares what it found with what was expected, and raises an error when they differ.
     *   <li>{@code head} takes the positions, and needs the count of all checked streams. It is the last lock: whoever
     *       holds it waits for nobody, and commits before the next gets it.
     * </ol>
     */
    private static final String APPEND = """
            with incoming as (
                select *
                from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[])
                     with ordinality
                     as e (event_id, stream_id, type, schema_version, data, metadata, ordinal)
            ),
            expected as (
                select *
                from unnest(?::text[], ?::bigint[]) as x (stream_id, version)
            ),
            touched as (
                select stream_id collate "C" as stream_id, count(i.ordinal) as events, max(x.version) as expected
                from incoming i
                full join expected x using (stream_id)
                group by stream_id
            ),
            moved as (
                insert into stream as s (stream_id, version)
                select stream_id, events
                from touched
                order by stream_id
                on conflict (stream_id) do update set version = s.version + excluded.version
                returning s.stream_id, s.version
            ),
            checked as (
                select t.stream_id, t.events, m.version - t.events as version_before
                from touched t
                join moved m using (stream_id)
                where t.expected is null
                   or require_stream_version(t.stream_id, t.expected, m.version - t.events)
            ),
            head as (
                update log_head h
                set position = h.position + c.events
                from (select sum(events)::bigint as events from checked) c
                returning h.position, h.position - c.events as position_before
            ),
            stored as (
                insert into event (position, append_end, event_id, stream_id, version,
                                   type, schema_version, data, metadata, recorded_at)
                select h.position_before + i.ordinal,
                       h.position,
                       i.event_id,
                       i.stream_id,
                       c.version_before + row_number() over (partition by i.stream_id order by i.ordinal),
                       i.type, i.schema_version, i.data::jsonb, i.metadata::jsonb, ?
                from incoming i
                join checked c using (stream_id)
                cross join head h
                order by i.ordinal
            )
            select position_before + 1, position
            from head
            """;

    /**
     * The planner thinks a large append so dear that, where just-in-time compilation is on, compiling takes ten times as
     * long as running it.
     */
    private static final String DO_NOT_COMPILE = "set local jit = off";

    private static final int LARGE = 100;

    private static final String STREAM_VERSION_CONFLICT = "LV409";

    private static final String COLUMNS = """
            position, append_end, event_id, stream_id, version, type, schema_version, data, metadata, recorded_at
            """;

    static final String READ_STREAM = "select " + COLUMNS + """
            from event
            where stream_id = ? and version > ?
            order by version
            limit ?
            """;

    static final String READ_NEWEST = "select " + COLUMNS + """
            from unnest(?::text[]) as wanted (id)
            cross join lateral (
                select *
                from event
                where stream_id = wanted.id
                order by version desc
                limit 1
            ) newest
            """;

    static final String READ_STREAMS = "select " + COLUMNS + """
            from event
            where stream_id = any (?) and position > ?
            order by position
            limit ?
            """;

    static final String READ_FROM = "select " + COLUMNS + """
            from event
            where position > ?
            order by position
            limit ?
            """;

    /** As {@link #READ_FROM}, but stops at the event with which the stored (compressed) bytes reach a limit. */
    static final String READ_BATCH = "select " + COLUMNS + """
            from (
                select e.*, coalesce(sum(pg_column_size(data) + pg_column_size(metadata)) over earlier, 0) as bytes_before
                from event e
                where position > ?
                window earlier as (order by position rows between unbounded preceding and 1 preceding)
                order by position
                limit ?
            ) e
            where bytes_before < ?
            order by position
            """;

    static final String STREAM_VERSION = "select version from stream where stream_id = ?";

    static final String HEAD = "select position from log_head";

    /**
     * Appends all events, or none. Should be the last statement of its transaction, or nearly so: from here to the commit
     * every other append of this log waits. The transaction must be READ COMMITTED, and append once.
     *
     * @param recordedAt kept to the microsecond
     * @throws VersionConflict when a stream is not at its expected version; of several such streams, one is named. The
     *     transaction can only be rolled back then
     */
    public Appended append(Connection transaction, Append append, Instant recordedAt) throws SQLException {
        List<NewEvent> events = append.events();
        List<String> expectedStreams = List.copyOf(append.expectedVersions().keySet());
        if (events.size() > LARGE) {
            try (Statement statement = transaction.createStatement()) {
                statement.execute(DO_NOT_COMPILE);
            }
        }
        try (PreparedStatement statement = transaction.prepareStatement(APPEND)) {
            statement.setArray(1, array(transaction, "uuid", events, NewEvent::eventId));
            statement.setArray(2, array(transaction, "text", events, NewEvent::streamId));
            statement.setArray(3, array(transaction, "text", events, NewEvent::type));
            statement.setArray(4, array(transaction, "int4", events, NewEvent::schemaVersion));
            statement.setArray(5, array(transaction, "text", events, NewEvent::data));
            statement.setArray(6, array(transaction, "text", events, NewEvent::metadata));
            statement.setArray(7, array(transaction, "text", expectedStreams, stream -> stream));
            statement.setArray(8, array(transaction, "int8", expectedStreams, append.expectedVersions()::get));
            statement.setObject(9, recordedAt.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Appended(rows.getLong(1), rows.getLong(2));
            }
        } catch (PSQLException e) {
            throw conflictOr(e);
        }
    }

    /** Events of one stream after a version, oldest first, at most {@code limit}. */
    public List<StoredEvent> readStream(Connection connection, String streamId, long afterVersion, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_STREAM)) {
            statement.setString(1, streamId);
            statement.setLong(2, afterVersion);
            statement.setInt(3, limit);
            return events(statement);
        }
    }

    /**
     * The newest event of each stream that exists, in no particular order. Where every event carries the whole image of
     * its thing, that is the state of all of them.
     */
    public List<StoredEvent> readNewest(Connection connection, Collection<String> streamIds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_NEWEST)) {
            statement.setArray(1, connection.createArrayOf("text", streamIds.toArray()));
            return events(statement);
        }
    }

    /** Events of several streams after a position, in log order, at most {@code limit}. */
    public List<StoredEvent> readStreams(
            Connection connection, Collection<String> streamIds, long afterPosition, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_STREAMS)) {
            statement.setArray(1, connection.createArrayOf("text", streamIds.toArray()));
            statement.setLong(2, afterPosition);
            statement.setInt(3, limit);
            return events(statement);
        }
    }

    /**
     * Events of the log after a position, in log order, at most {@code limit}. The first has position {@code afterPosition
     * + 1} and there are no gaps: whoever reads on from the last position seen misses nothing, ever.
     */
    public List<StoredEvent> readFrom(Connection connection, long afterPosition, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_FROM)) {
            statement.setLong(1, afterPosition);
            statement.setInt(2, limit);
            return events(statement);
        }
    }

    /** As {@link #readFrom}, and no more than it takes to reach {@code bytes} as stored; at least one if there is one. */
    List<StoredEvent> readBatch(Connection connection, long afterPosition, int limit, long bytes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_BATCH)) {
            statement.setLong(1, afterPosition);
            statement.setInt(2, limit);
            statement.setLong(3, bytes);
            return events(statement);
        }
    }

    /** The version a stream is at; 0 when it does not exist. */
    public long streamVersion(Connection connection, String streamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STREAM_VERSION)) {
            statement.setString(1, streamId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** The position of the newest committed event; 0 when there is none. */
    public long head(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEAD);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static <T> java.sql.Array array(
            Connection connection, String type, List<T> items, Function<T, ? extends Object> value)
            throws SQLException {
        return connection.createArrayOf(type, items.stream().map(value).toArray());
    }

    private static List<StoredEvent> events(PreparedStatement statement) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                events.add(new StoredEvent(
                        rows.getLong("position"),
                        rows.getLong("append_end"),
                        rows.getObject("event_id", UUID.class),
                        rows.getString("stream_id"),
                        rows.getLong("version"),
                        rows.getString("type"),
                        rows.getInt("schema_version"),
                        rows.getString("data"),
                        rows.getString("metadata"),
                        rows.getObject("recorded_at", OffsetDateTime.class).toInstant()));
            }
        }
        return events;
    }

    private static SQLException conflictOr(PSQLException refused) {
        ServerErrorMessage message = refused.getServerErrorMessage();
        if (message != null && STREAM_VERSION_CONFLICT.equals(refused.getSQLState())) {
            String[] expectedActualStream = String.valueOf(message.getDetail()).split(" ", 3);
            throw new VersionConflict(
                    expectedActualStream[2],
                    Long.parseLong(expectedActualStream[0]),
                    Long.parseLong(expectedActualStream[1]),
                    refused);
        }
        return refused;
    }
}
