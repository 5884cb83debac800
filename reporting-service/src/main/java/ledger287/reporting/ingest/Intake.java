package ledger287.reporting.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Takes batches off the thread that brings them and has them applied on one of its own, in order and one turn at a time:
 * all that has come in since the last turn began, when the {@link Pace} says so. What waits here is only in memory, and is
 * read again after a crash: where to go on is kept with what was applied.
 */
final class Intake {
    /** As many records are worth a turn, however soon after the last. */
    static final int WORTH_A_TURN = 1_000;

    /** When as many wait, no more are asked for before the next turn has begun. */
    static final int ROOM = 4_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A batch of fewer records shows that the consumer has caught up, if the one before had as few. */
    static final int FEW = 100;

    private final Pace pace;
    private final Consumer<List<ConsumerRecord<String, byte[]>>> turn;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<ConsumerRecord<String, byte[]>> waiting = new ArrayList<>();
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
    private int fewInARow;

    /**
     * @param turn applies records
     * @param failed is told when a turn has failed for no reason that was foreseen: its records are to be read again
     */
    Intake(String log, Pace pace, Consumer<List<ConsumerRecord<String, byte[]>>> turn, Consumer<Throwable> failed) {
        this.pace = pace;
        this.turn = turn;
        this.failed = failed;
        this.thread = Thread.ofPlatform().daemon().name("projection-" + log).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when the turn is over, or after two seconds. */
    void stop() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return done when there is room for the next batch */
    CompletionStage<Void> take(ConsumerRecords<String, byte[]> batch) {
        lock.lock();
        try {
            boolean idle = waiting.isEmpty();
            batch.forEach(waiting::add);
            fewInARow = batch.count() < FEW ? fewInARow + 1 : 0;
            pace.arrived(batch.count(), System.nanoTime());
            if (idle || waiting.size() >= WORTH_A_TURN) {
                arrived.signal();
            }
            if (waiting.size() >= ROOM && room.isDone()) {
                room = new CompletableFuture<>();
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Whether what comes is applied together, because it comes fast, and few at a time: nothing is behind. */
    boolean mayRest() {
        lock.lock();
        try {
            return fewInARow > 1 && pace.fast(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                turnWith(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turnWith(List<ConsumerRecord<String, byte[]>> records) {
        try {
            turn.accept(records);
        } catch (RuntimeException | Error e) {
            // Whatever it was: without this thread the log would not be followed any more, and nobody would notice.
            failed.accept(e);
        }
    }

    private List<ConsumerRecord<String, byte[]>> next() throws InterruptedException {
        CompletableFuture<Void> waitedFor;
        List<ConsumerRecord<String, byte[]>> next;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                arrived.await();
            }
            long left = pace.untilDue(System.nanoTime());
            while (left > 0 && waiting.size() < WORTH_A_TURN) {
                arrived.await(left, TimeUnit.NANOSECONDS);
                left = pace.untilDue(System.nanoTime());
            }
            pace.begun(System.nanoTime());
            next = waiting;
            waiting = new ArrayList<>();
            waitedFor = room;
        } finally {
            lock.unlock();
        }
        waitedFor.complete(null);
        return next;
    }
}
