package ledger287.operations.bulk;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ledger287.operations.ledger.Kind;
import org.jspecify.annotations.Nullable;

/** Jobs, their pieces, their lines and failures, as the database keeps them. Leaves transactions to the caller. */
@Singleton
final class JobStore {
    private static final String COLUMNS = """
            job_id, caller, format, file_name, csv_header, sample, state, message, lines_total, lines_recorded,
            lines_unchanged, lines_failed, next_piece, position, received_at, finished_at
            """;

    private static final String BEGIN = """
            insert into bulk_job (job_id, caller, idempotency_key, format, file_name, sample, state, received_at, moved_at)
            values (?, ?, ?, ?, ?, ?, 'receiving', ?, ?)
            """;

    private static final String KEEP = """
            with kept as (insert into bulk_piece (job_id, piece, lines) values (?, ?, ?))
            update bulk_job
            set pieces = ?, lines_total = lines_total + ?, moved_at = ?
            where job_id = ?
            """;

    private static final String RECEIVED = """
            update bulk_job
            set state = 'queued', body_sha256 = ?, csv_header = ?, moved_at = ?
            where job_id = ?
            """;

    private static final String BY_KEY = "select " + COLUMNS + ", body_sha256\n" + """
            from bulk_job
            where caller = ? and idempotency_key = ? and state <> 'receiving'
            """;

    private static final String BY_ID = "select " + COLUMNS + """
            from bulk_job
            where job_id = ?
            """;

    /** One job at a time, in all instances together, in the order of arrival: a later file may build on an earlier. */
    private static final String ALONE = "select pg_try_advisory_xact_lock(287, 3)";

    private static final String NEXT = "select " + COLUMNS + """
            from bulk_job
            where state in ('queued', 'running')
            order by number
            limit 1
            for update
            """;

    private static final String PIECE = "select lines from bulk_piece where job_id = ? and piece = ?";

    private static final String FORGET_PIECE = "delete from bulk_piece where job_id = ? and piece = ?";

    private static final String FORGET_PIECES = "delete from bulk_piece where job_id = ?";

    private static final String FORGET_JOB = "delete from bulk_job where job_id = ?";

    private static final String ADVANCE = """
            update bulk_job
            set state = 'running',
                next_piece = next_piece + 1,
                lines_recorded = lines_recorded + ?,
                lines_unchanged = lines_unchanged + ?,
                lines_failed = lines_failed + ?,
                position = coalesce(?, position),
                moved_at = ?
            where job_id = ?
            """;

    private static final String FINISH = """
            update bulk_job
            set state = ?, message = ?, moved_at = ?, finished_at = ?
            where job_id = ?
            """;

    private static final String ABANDONED = """
            select job_id
            from bulk_job
            where state = 'receiving' and moved_at < ?
            for update skip locked
            """;

    private static final String KNOWN_LINES = """
            select line_id, line_sha256
            from bulk_line
            where caller = ? and line_id = any (?)
            """;

    private static final String REMEMBER_LINES = """
            insert into bulk_line (caller, line_id, line_sha256, job_id, line)
            select ?, line_id, line_sha256, ?, line
            from unnest(?::text[], ?::bytea[], ?::bigint[]) as l (line_id, line_sha256, line)
            """;

    private static final String REMEMBER_FAILURES = """
            insert into bulk_failure (job_id, line, line_id, code, field, reason)
            select ?, line, line_id, code, field, reason
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                 as f (line, line_id, code, field, reason)
            """;

    private static final String FAILURES = """
            select line, line_id, code, field, reason
            from bulk_failure
            where job_id = ? and line > ?
            order by line
            limit ?
            """;

    void begin(
            Connection connection,
            UUID id,
            String caller,
            @Nullable String idempotencyKey,
            Format format,
            @Nullable String fileName,
            @Nullable Kind kind,
            Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setObject(1, id);
            statement.setString(2, caller);
            statement.setString(3, idempotencyKey);
            statement.setString(4, format.code());
            statement.setString(5, fileName);
            if (kind == null) {
                statement.setNull(6, Types.BOOLEAN);
            } else {
                statement.setBoolean(6, kind.isSample());
            }
            statement.setObject(7, at(now));
            statement.setObject(8, at(now));
            statement.executeUpdate();
        }
    }

    /** @param number of the piece, from 1 */
    void keep(Connection connection, UUID id, int number, Piece piece, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setObject(1, id);
            statement.setInt(2, number);
            statement.setBytes(3, piece.packed());
            statement.setInt(4, number);
            statement.setInt(5, piece.lines().size());
            statement.setObject(6, at(now));
            statement.setObject(7, id);
            statement.executeUpdate();
        }
    }

    void received(Connection connection, UUID id, String sha256, @Nullable String csvHeader, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECEIVED)) {
            statement.setString(1, sha256);
            statement.setString(2, csvHeader);
            statement.setObject(3, at(now));
            statement.setObject(4, id);
            statement.executeUpdate();
        }
    }

    /** A job and the digest of the body that it came as. */
    record Known(Job job, String sha256) {}

    Optional<Known> byKey(Connection connection, String caller, String idempotencyKey) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_KEY)) {
            statement.setString(1, caller);
            statement.setString(2, idempotencyKey);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Known(job(rows), String.valueOf(rows.getString("body_sha256"))))
                        : Optional.empty();
            }
        }
    }

    Optional<Job> byId(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(job(rows)) : Optional.empty();
            }
        }
    }

    /** The job to be worked on, nobody else working meanwhile; empty when there is none, or another instance works. */
    Optional<Job> next(Connection transaction) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(ALONE);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            if (!rows.getBoolean(1)) {
                return Optional.empty();
            }
        }
        try (PreparedStatement statement = transaction.prepareStatement(NEXT);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(job(rows)) : Optional.empty();
        }
    }

    Optional<Piece> piece(Connection connection, Job job) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PIECE)) {
            statement.setObject(1, job.id());
            statement.setInt(2, job.nextPiece());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Piece.unpacked(rows.getBytes("lines"))) : Optional.empty();
            }
        }
    }

    /** @param position of the newest event of the piece; null when it led to none */
    void advance(
            Connection connection,
            Job job,
            int recorded,
            int unchanged,
            int failed,
            @Nullable Long position,
            Instant now)
            throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET_PIECE);
                PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
            forget.setObject(1, job.id());
            forget.setInt(2, job.nextPiece());
            forget.executeUpdate();
            advance.setInt(1, recorded);
            advance.setInt(2, unchanged);
            advance.setInt(3, failed);
            advance.setObject(4, position, Types.BIGINT);
            advance.setObject(5, at(now));
            advance.setObject(6, job.id());
            advance.executeUpdate();
        }
    }

    void finish(Connection connection, UUID id, Job.State state, @Nullable String message, Instant now)
            throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET_PIECES);
                PreparedStatement finish = connection.prepareStatement(FINISH)) {
            forget.setObject(1, id);
            forget.executeUpdate();
            finish.setString(1, state.name().toLowerCase(Locale.ROOT));
            finish.setString(2, message);
            finish.setObject(3, at(now));
            finish.setObject(4, at(now));
            finish.setObject(5, id);
            finish.executeUpdate();
        }
    }

    /** Of a file that turned out to be another job's, or that did not arrive. */
    void forget(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement pieces = connection.prepareStatement(FORGET_PIECES);
                PreparedStatement job = connection.prepareStatement(FORGET_JOB)) {
            pieces.setObject(1, id);
            pieces.executeUpdate();
            job.setObject(1, id);
            job.executeUpdate();
        }
    }

    List<UUID> abandonedSince(Connection transaction, Instant limit) throws SQLException {
        List<UUID> abandoned = new ArrayList<>();
        try (PreparedStatement statement = transaction.prepareStatement(ABANDONED)) {
            statement.setObject(1, at(limit));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    abandoned.add(rows.getObject("job_id", UUID.class));
                }
            }
        }
        return abandoned;
    }

    /** Digests of those of a caller's lines that are in the ledger. */
    Map<String, byte[]> knownLines(Connection connection, String caller, Collection<String> lineIds)
            throws SQLException {
        Map<String, byte[]> known = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KNOWN_LINES)) {
            statement.setString(1, caller);
            statement.setArray(2, connection.createArrayOf("text", lineIds.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getString("line_id"), rows.getBytes("line_sha256"));
                }
            }
        }
        return known;
    }

    void rememberLines(Connection connection, Job job, List<ParsedLine.Good> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER_LINES)) {
            statement.setString(1, job.caller());
            statement.setObject(2, job.id());
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", lines.stream().map(ParsedLine.Good::lineId).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea", lines.stream().map(ParsedLine.Good::sha256).toArray(byte[][]::new)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "int8", lines.stream().map(ParsedLine.Good::number).toArray()));
            statement.executeUpdate();
        }
    }

    void rememberFailures(Connection connection, Job job, List<ParsedLine.Bad> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER_FAILURES)) {
            statement.setObject(1, job.id());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", lines.stream().map(ParsedLine.Bad::number).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", lines.stream().map(ParsedLine.Bad::lineId).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "text", lines.stream().map(ParsedLine.Bad::code).toArray()));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "text", lines.stream().map(ParsedLine.Bad::field).toArray()));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "text", lines.stream().map(ParsedLine.Bad::reason).toArray()));
            statement.executeUpdate();
        }
    }

    /** In the order of the file. */
    List<ParsedLine.Bad> failures(Connection connection, UUID id, long afterLine, int limit) throws SQLException {
        List<ParsedLine.Bad> failures = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FAILURES)) {
            statement.setObject(1, id);
            statement.setLong(2, afterLine);
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    failures.add(new ParsedLine.Bad(
                            rows.getLong("line"),
                            rows.getString("line_id"),
                            rows.getString("code"),
                            rows.getString("field"),
                            rows.getString("reason")));
                }
            }
        }
        return failures;
    }

    private static Job job(ResultSet row) throws SQLException {
        Boolean sample = row.getObject("sample", Boolean.class);
        OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new Job(
                row.getObject("job_id", UUID.class),
                row.getString("caller"),
                Format.ofCode(row.getString("format")),
                row.getString("file_name"),
                row.getString("csv_header"),
                sample == null ? null : Kind.of(sample),
                Job.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("message"),
                row.getLong("lines_total"),
                row.getLong("lines_recorded"),
                row.getLong("lines_unchanged"),
                row.getLong("lines_failed"),
                row.getInt("next_piece"),
                row.getObject("position", Long.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
