package ledger287.reporting.changelog;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The head as this instance knows it, in memory. The projection reports each commit; a poll sees those of other
 * instances, within half a second. It only moves forward, so that nobody is told of a change that the next answer does
 * not show.
 */
@Singleton
public final class CurrentHead {
    private static final Logger LOG = Logger.getLogger(CurrentHead.class);
    private static final Duration POLL = Duration.ofMillis(250);

    private final DataSource database;
    private final ChangeLog changeLog;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("head-poll").factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Head head;
    private volatile boolean reachable = true;
    private volatile long lastRead;

    CurrentHead(DataSource database, ChangeLog changeLog) {
        this.database = database;
        this.changeLog = changeLog;
    }

    void start(@Observes StartupEvent event) {
        var unused = poll.scheduleWithFixedDelay(this::look, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        poll.shutdownNow();
    }

    /** @throws SQLException when it was never read and cannot be read now */
    public Head get() throws SQLException {
        Head known = peek();
        return known == null ? refresh() : known;
    }

    /** Reads the head from the database and wakes those who wait for it. */
    public Head refresh() throws SQLException {
        try (Connection connection = database.getConnection()) {
            long asked = System.nanoTime();
            Head read = changeLog.head(connection);
            lastRead = asked;
            return move(read);
        }
    }

    /**
     * Waits until the head is as wished.
     *
     * @return whether it is
     */
    public boolean await(Predicate<Head> wish, Duration patience) throws SQLException, InterruptedException {
        long nanos = patience.toNanos();
        Head seen = get();
        lock.lock();
        try {
            while (true) {
                Head now = head == null ? seen : head;
                if (wish.test(now)) {
                    return true;
                }
                if (nanos <= 0) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The head without asking the database; null before it was read once. The same object while nothing changes. */
    public @Nullable Head peek() {
        return head;
    }

    /** Whether the database answered when it was last asked. */
    public boolean reachable() {
        return reachable;
    }

    /**
     * Has something done each time the head has moved. It runs on whatever thread noticed, often the projection's: it must
     * hand on, not work.
     */
    public void whenMoved(Runnable listener) {
        listeners.add(listener);
    }

    private Head move(Head read) {
        Head known;
        lock.lock();
        try {
            known = head;
            if (known != null && (read.equals(known) || !newer(read, known))) {
                return known;
            }
            head = read;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
        return read;
    }

    /** A head read earlier can arrive later. Another epoch is a change log built anew, and always newer. */
    private static boolean newer(Head read, Head known) {
        if (!read.cursor().epoch().equals(known.cursor().epoch())) {
            return true;
        }
        return read.cursor().sequence() >= known.cursor().sequence()
                && read.completenessVersion() >= known.completenessVersion()
                && known.positions().entrySet().stream()
                        .allMatch(log -> read.positions().getOrDefault(log.getKey(), 0L) >= log.getValue());
    }

    private void look() {
        if (reachable && head != null && System.nanoTime() - lastRead < POLL.toNanos()) {
            return;
        }
        try {
            refresh();
            if (!reachable) {
                LOG.info("The database answers again");
            }
            reachable = true;
        } catch (SQLException | RuntimeException e) {
            if (reachable) {
                LOG.warn("The database does not answer; answers in memory are still given", e);
            }
            reachable = false;
        }
    }
}
