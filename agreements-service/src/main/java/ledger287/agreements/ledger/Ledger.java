package ledger287.agreements.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import ledger287.agreements.publication.StoredFacts;
import ledger287.agreements.roster.Fact;
import ledger287.eventstore.Appended;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.Publisher;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.IdSource;
import ledger287.service.command.Receipts;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import ledger287.service.settings.ServiceSettings;

/**
 * The one way to write to the log, and the state that decisions are made on: a fold of the log, kept in memory at a
 * position and caught up from the log whenever it is used.
 *
 * <p>Commands are carried out one at a time, in all instances of the service together: each holds an advisory lock to the
 * end of its transaction. That makes the state a command sees the newest there is, and costs nothing that matters, for a
 * workbook is one command.
 */
@Singleton
public final class Ledger {
    /** Any two numbers, the same in every instance: who holds this lock may write. */
    private static final String ONE_WRITER = "select pg_advisory_xact_lock(287, 1)";

    private static final String LOCK_TIMEOUT = "select set_config('lock_timeout', ?, true)";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource database;
    private final EventStore store;
    private final Receipts receipts;
    private final StoredFacts storedFacts;
    private final Publisher publisher;
    private final IdSource ids;
    private final Clock clock;
    private final int waitSeconds;
    private final Timer appends;

    /** Guards the fold, and makes this instance's commands wait here instead of each on a connection of its own. */
    private final ReentrantLock alone = new ReentrantLock(true);

    private Fold fold = new Fold();

    Ledger(
            DataSource database,
            EventStore store,
            Receipts receipts,
            StoredFacts storedFacts,
            Publisher publisher,
            IdSource ids,
            Clock clock,
            ServiceSettings settings,
            MeterRegistry metrics) {
        this.database = database;
        this.store = store;
        this.receipts = receipts;
        this.storedFacts = storedFacts;
        this.publisher = publisher;
        this.ids = ids;
        this.clock = clock;
        this.waitSeconds = settings.command().waitSeconds();
        this.appends = Timer.builder("ledger287.append")
                .description("One command's transaction, from its turn to its commit")
                .register(metrics);
    }

    /**
     * Carries a command out, or repeats the answer it was given under the same key.
     *
     * @throws SQLException when the database failed; whether the command was carried out is not known then
     */
    public Answer command(CommandRequest request, Work work) throws SQLException {
        takeTurn();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Answer answer;
            Turn turn;
            try {
                Answer given = receipts.answerGiven(connection, request);
                if (given != null) {
                    connection.rollback();
                    return given;
                }
                waitForOtherInstances(connection);
                catchUp(connection);
                turn = new Turn(connection, fold, store, storedFacts, ids, request.id(), clock.instant());
                long began = System.nanoTime();
                answer = work.carryOut(turn);
                receipts.remember(connection, request, answer, turn.position(), turn.now());
                connection.commit();
                appends.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
            afterCommit(turn);
            return answer;
        } finally {
            alone.unlock();
        }
    }

    /** Looks at the newest state. */
    public <T> T read(Reading<T> reading) throws SQLException {
        takeTurn();
        try (Connection connection = database.getConnection()) {
            catchUp(connection);
            return reading.from(new View(fold, connection));
        } finally {
            alone.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!alone.tryLock(waitSeconds, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private void waitForOtherInstances(Connection connection) throws SQLException {
        try (PreparedStatement timeout = connection.prepareStatement(LOCK_TIMEOUT);
                PreparedStatement lock = connection.prepareStatement(ONE_WRITER)) {
            timeout.setString(1, waitSeconds + "s");
            timeout.execute();
            lock.execute();
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw busy();
            }
            throw e;
        }
    }

    private void catchUp(Connection connection) throws SQLException {
        try {
            fold.catchUp(store, storedFacts, connection);
        } catch (RuntimeException e) {
            // Half a batch may have been taken in: begin anew the next time.
            fold = new Fold();
            throw e;
        }
    }

    private void afterCommit(Turn turn) {
        Appended appended = turn.appended();
        if (appended == null) {
            return;
        }
        publisher.wake();
        List<Fact> facts = turn.appendedFacts();
        try {
            for (int i = 0; i < facts.size(); i++) {
                fold.apply(facts.get(i), appended.firstPosition() + i);
            }
        } catch (RuntimeException e) {
            // Committed all the same: the log is right, and is read anew the next time.
            fold = new Fold();
            throw e;
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
