package ledger287.operations.bulk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import ledger287.eventstore.VersionConflict;
import ledger287.operations.ledger.ExternalIdTaken;
import ledger287.operations.ledger.Ledger;
import ledger287.operations.ledger.Turn;
import ledger287.service.command.IdSource;
import ledger287.service.problem.ProblemException;
import ledger287.service.problem.ProblemType;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works the files off, piece by piece, one file at a time in all instances together. Where it was killed the next one
 * goes on: how far a job is, is committed with every piece.
 */
@Singleton
final class Worker implements Runnable {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final JobStore jobs;
    private final PieceWork pieceWork;
    private final IdSource ids;
    private final Clock clock;
    private final Duration abandonedAfter;
    private final Counter recorded;
    private final Counter unchanged;
    private final Counter failed;

    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private Instant swept = Instant.EPOCH;

    Worker(
            Ledger ledger,
            JobStore jobs,
            PieceWork pieceWork,
            IdSource ids,
            Clock clock,
            BulkSettings settings,
            MeterRegistry metrics) {
        this.ledger = ledger;
        this.jobs = jobs;
        this.pieceWork = pieceWork;
        this.ids = ids;
        this.clock = clock;
        this.abandonedAfter = Duration.ofSeconds(settings.abandonedAfterSeconds());
        this.recorded = lines(metrics, "recorded");
        this.unchanged = lines(metrics, "unchanged");
        this.failed = lines(metrics, "failed");
        this.thread = Thread.ofPlatform().name("bulk").daemon().unstarted(this);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closed = true;
        wake();
        thread.join(Duration.ofSeconds(8));
    }

    /** There may be something to do. */
    void wake() {
        wakes.release();
    }

    @Override
    public void run() {
        while (!closed) {
            Duration pause = step();
            if (pause.isPositive() && !closed) {
                pause(pause);
            }
        }
    }

    /** @return how long to wait before the next step */
    private Duration step() {
        Step step = new Step();
        try {
            sweep();
            return ledger.inTransaction(ids.next(), step::carryOut) ? Duration.ZERO : POLL;
        } catch (VersionConflict | ExternalIdTaken e) {
            LOG.infof("Somebody else was faster; the piece is decided on again: %s", e.getMessage());
            return Duration.ZERO;
        } catch (SQLException e) {
            LOG.warn("The database failed; the piece is worked off again", e);
            return AFTER_FAILURE;
        } catch (ProblemException e) {
            if (e.problem().type().equals(ProblemType.BUSY.uri())) {
                return POLL;
            }
            return stopped(step.job, e.problem().detail(), e);
        } catch (RuntimeException e) {
            return stopped(step.job, "The service failed on line " + step.firstLine + " or one of the next: " + e, e);
        }
    }

    /** A piece that fails the same way each time must not keep the files behind it from being worked off. */
    private Duration stopped(@Nullable UUID job, String message, RuntimeException cause) {
        LOG.errorf(cause, "Job %s is stopped", job);
        if (job != null) {
            try {
                ledger.inTransaction(ids.next(), turn -> {
                    jobs.finish(turn.connection(), job, Job.State.STOPPED, message, turn.now());
                    return true;
                });
            } catch (SQLException | RuntimeException e) {
                LOG.warn("That it is stopped could not be stored; it is tried again", e);
            }
        }
        return AFTER_FAILURE;
    }

    private void sweep() throws SQLException {
        Instant now = clock.instant();
        if (now.isBefore(swept.plus(abandonedAfter.dividedBy(2)))) {
            return;
        }
        swept = now;
        ledger.inTransaction(ids.next(), turn -> {
            for (UUID job : jobs.abandonedSince(turn.connection(), now.minus(abandonedAfter))) {
                jobs.finish(
                        turn.connection(),
                        job,
                        Job.State.STOPPED,
                        "The upload broke off; nothing of it was recorded. Send the file again.",
                        turn.now());
            }
            return true;
        });
    }

    private void pause(Duration pause) {
        try {
            if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static Counter lines(MeterRegistry metrics, String outcome) {
        return Counter.builder("ledger287.bulk.lines")
                .description("Lines of files that were worked off")
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** One transaction's work, and which job it was on should it fail. */
    private final class Step {
        private @Nullable UUID job;
        private long firstLine;

        boolean carryOut(Turn turn) throws SQLException {
            Optional<Job> next = jobs.next(turn.connection());
            if (next.isEmpty()) {
                return false;
            }
            job = next.get().id();
            Optional<Piece> piece = jobs.piece(turn.connection(), next.get());
            if (piece.isEmpty()) {
                jobs.finish(turn.connection(), job, Job.State.DONE, null, turn.now());
                LOG.infof(
                        "Job %s is done: %d recorded, %d unchanged, %d failed",
                        job,
                        next.get().recorded(),
                        next.get().unchanged(),
                        next.get().failed());
                return true;
            }
            firstLine = piece.get().lines().getFirst().number();
            PieceWork.Outcome outcome = pieceWork.workOff(turn, next.get(), piece.get());
            recorded.increment(outcome.recorded());
            unchanged.increment(outcome.unchanged());
            failed.increment(outcome.failed());
            return true;
        }
    }
}
