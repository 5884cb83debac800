package ledger287.operations.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.Publisher;
import ledger287.operations.publication.StoredFacts;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.IdSource;
import ledger287.service.command.Receipts;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import ledger287.service.settings.ServiceSettings;

/**
 * The one way to write to the log. Commands on different operations do not wait for each other until they append;
 * commands on one operation, or on its claims, are carried out one after the other.
 */
@Singleton
public final class Ledger {
    private static final String LOCK_TIMEOUT = "select set_config('lock_timeout', ?, true)";
    private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read, read only";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource database;
    private final EventStore store;
    private final Dossiers dossiers;
    private final Receipts receipts;
    private final StoredFacts storedFacts;
    private final Publisher publisher;
    private final IdSource ids;
    private final Clock clock;
    private final int waitSeconds;
    private final Timer appends;

    Ledger(
            DataSource database,
            EventStore store,
            Dossiers dossiers,
            Receipts receipts,
            StoredFacts storedFacts,
            Publisher publisher,
            IdSource ids,
            Clock clock,
            ServiceSettings settings,
            MeterRegistry metrics) {
        this.database = database;
        this.store = store;
        this.dossiers = dossiers;
        this.receipts = receipts;
        this.storedFacts = storedFacts;
        this.publisher = publisher;
        this.ids = ids;
        this.clock = clock;
        this.waitSeconds = settings.command().waitSeconds();
        this.appends = Timer.builder("ledger287.append")
                .description("One command's transaction, from its beginning to its commit")
                .register(metrics);
    }

    /**
     * Carries a command out, or repeats the answer it was given under the same key.
     *
     * @throws SQLException when the database failed; whether the command was carried out is not known then
     */
    public Answer command(CommandRequest request, Work work) throws SQLException {
        return inTransaction(request.id(), turn -> {
            Answer given = receipts.answerGiven(turn.connection(), request);
            if (given != null) {
                return given;
            }
            Answer answer = work.carryOut(turn);
            receipts.remember(turn.connection(), request, answer, turn.position(), turn.now());
            return answer;
        });
    }

    /** A transaction of its own, for work that remembers by itself what it has done. */
    public <T> T inTransaction(UUID commandId, Transaction<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            Turn turn = new Turn(
                    connection,
                    dossiers,
                    store,
                    storedFacts,
                    ids,
                    commandId,
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            T result;
            try {
                limitWaiting(connection);
                result = work.in(turn);
                connection.commit();
            } catch (RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } catch (SQLException e) {
                rollBack(connection, e);
                if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw busy();
                }
                throw e;
            }
            if (turn.hasAppended()) {
                appends.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                publisher.wake();
            }
            return result;
        }
    }

    /** Looks at the newest state, all of it at one moment. */
    public <T> T read(Reading<T> reading) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement snapshot = connection.prepareStatement(ONE_SNAPSHOT)) {
                snapshot.execute();
                T result = reading.from(connection, dossiers);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    /** What one transaction does. */
    @FunctionalInterface
    public interface Transaction<T> {
        T in(Turn turn) throws SQLException;
    }

    /** What one look sees. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Connection connection, Dossiers dossiers) throws SQLException;
    }

    private void limitWaiting(Connection connection) throws SQLException {
        try (PreparedStatement timeout = connection.prepareStatement(LOCK_TIMEOUT)) {
            timeout.setString(1, waitSeconds + "s");
            timeout.execute();
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private RuntimeException busy() {
        return Problem.of(
                        ProblemType.BUSY,
                        "Waited " + waitSeconds + " s for other commands. Send it again with the same Idempotency-Key.")
                .asException();
    }
}
