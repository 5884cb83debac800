package ledger287.operations.bulk;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import ledger287.operations.ledger.Kind;
import ledger287.operations.ledger.Ledger;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Receives files. Lines go to the database as they come, some hundreds at a time, so that a file of any size needs the
 * memory of one piece, and whichever instance is alive can work it off. Nothing is recorded before all of it is here.
 */
@Singleton
final class Intake {
    private static final int LARGEST_PIECE = 1_000_000;

    private final DataSource database;
    private final Ledger ledger;
    private final JobStore jobs;
    private final IdSource ids;
    private final Clock clock;
    private final BulkSettings settings;

    Intake(DataSource database, Ledger ledger, JobStore jobs, IdSource ids, Clock clock, BulkSettings settings) {
        this.database = database;
        this.ledger = ledger;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** What somebody sends. */
    record Delivery(
            String caller,
            @Nullable String idempotencyKey,
            Format format,
            @Nullable String fileName,
            @Nullable Kind kind) {}

    /** @return the job, the earlier one when the same file was sent under the same key before */
    UUID receive(Delivery delivery, InputStream body) throws IOException, SQLException {
        Kind kind = delivery.kind();
        if (kind != null) {
            ledger.inTransaction(ids.next(), turn -> {
                turn.expect(kind);
                return true;
            });
        }
        UUID id = ids.next();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            jobs.begin(
                    connection,
                    id,
                    delivery.caller(),
                    delivery.idempotencyKey(),
                    delivery.format(),
                    delivery.fileName(),
                    delivery.kind(),
                    clock.instant());
            try {
                Received received = receive(id, delivery.format(), body, connection);
                return settle(id, delivery, received, connection);
            } catch (IOException | RuntimeException e) {
                forget(id, connection, e);
                throw e;
            }
        }
    }

    private record Received(String sha256, @Nullable String csvHeader) {}

    private Received receive(UUID id, Format format, InputStream body, Connection connection)
            throws IOException, SQLException {
        MessageDigest digest = sha256();
        LineReader lines = new LineReader(
                new DigestInputStream(new Limited(body, settings.maxBytes()), digest), format, settings.maxLineBytes());
        String header = format == Format.CSV ? header(lines.next()) : null;
        List<RawLine> piece = new ArrayList<>();
        int bytes = 0;
        int pieces = 0;
        RawLine line;
        while ((line = lines.next()) != null) {
            piece.add(line);
            bytes += line.bytes().length;
            if (piece.size() == settings.linesPerPiece() || bytes >= LARGEST_PIECE) {
                jobs.keep(connection, id, ++pieces, new Piece(piece), clock.instant());
                piece.clear();
                bytes = 0;
            }
        }
        if (!piece.isEmpty()) {
            jobs.keep(connection, id, ++pieces, new Piece(piece), clock.instant());
        }
        if (pieces == 0) {
            throw Problem.of(ProblemType.MALFORMED_BODY, "The file has no lines.")
                    .asException();
        }
        return new Received(HexFormat.of().formatHex(digest.digest()), header);
    }

    private UUID settle(UUID id, Delivery delivery, Received received, Connection connection) throws SQLException {
        if (delivery.idempotencyKey() != null) {
            Optional<JobStore.Known> earlier = jobs.byKey(connection, delivery.caller(), delivery.idempotencyKey());
            if (earlier.isPresent()) {
                jobs.forget(connection, id);
                if (!earlier.get().sha256().equals(received.sha256())) {
                    throw Problem.of(
                                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                                    "You have sent another file with this key before. Use a new key for a new file.")
                            .about("Idempotency-Key", null)
                            .asException();
                }
                return earlier.get().job().id();
            }
        }
        jobs.received(connection, id, received.sha256(), received.csvHeader(), clock.instant());
        return id;
    }

    private static @Nullable String header(@Nullable RawLine first) {
        if (first == null || first.tooLong()) {
            throw Problem.of(ProblemType.MALFORMED_BODY, "The first line of a CSV file is the names of its columns.")
                    .asException();
        }
        String header = new String(first.bytes(), StandardCharsets.UTF_8);
        CsvLines.of(header);
        return header;
    }

    private void forget(UUID id, Connection connection, Exception cause) {
        try {
            jobs.forget(connection, id);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Ends with a problem beyond a limit. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private final long limit;
        private long left;

        Limited(InputStream in, long limit) {
            this.in = in;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw Problem.of(
                                ProblemType.TOO_LARGE,
                                "A file has at most " + limit
                                        + " bytes here (ledger287.bulk.max-bytes). Send it in parts.")
                        .asException();
            }
        }
    }
}
