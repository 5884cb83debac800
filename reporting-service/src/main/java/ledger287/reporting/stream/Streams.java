package ledger287.reporting.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.ChangeReader.Batch;
import ledger287.reporting.feed.ChangeReader.Stretch;
import org.jboss.logging.Logger;

/**
 * Keeps the streams going: wakes them when there is more, reads for those that are behind, lets silent ones show that
 * they live, breaks off those that nobody reads. As many threads as processors and a few for the database, however many
 * subscribers there are.
 */
@Singleton
final class Streams implements Subscriber.Library {
    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final int READERS = 4;
    private static final ChangeReader.Limits BATCH = new ChangeReader.Limits(200, 64 * 1024, 50_000);
    private static final int LONGEST_TICK_MILLIS = 500;

    private final Vertx vertx;
    private final Tail tail;
    private final CurrentHead currentHead;
    private final ChangeReader reader;
    private final StreamSettings settings;
    private final Admission admission;
    private final Counter stalled;
    private final Map<Thread, Loop> loops = new ConcurrentHashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("stream-reader-", 0).factory());
    private final AtomicBoolean readable = new AtomicBoolean(true);

    Streams(
            Vertx vertx,
            Tail tail,
            CurrentHead currentHead,
            ChangeReader reader,
            StreamSettings settings,
            Admission admission,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.tail = tail;
        this.currentHead = currentHead;
        this.reader = reader;
        this.settings = settings;
        this.admission = admission;
        this.stalled = metrics.counter("ledger287.stream.stalled");
    }

    void start(@Observes StartupEvent event) {
        tail.whenLonger(() -> loops.values().forEach(Loop::wake));
        long tick = Math.clamp(settings.heartbeat().toMillis() / 4, 10, LONGEST_TICK_MILLIS);
        vertx.setPeriodic(tick, timer -> loops.values().forEach(loop -> {
            loop.each(this::care);
            // Also those whose read failed.
            loop.wake();
        }));
    }

    /** Shutting down begins: readers are told to come back, elsewhere or later, and not all at once. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        admission.close();
        loops.values().forEach(loop -> loop.each(subscriber -> subscriber.end(Form.comeBackMillis())));
    }

    void stop(@Observes ShutdownEvent event) {
        readers.shutdownNow();
    }

    /** Does what may wait for the database, away from the event loop. */
    void offLoop(Runnable work) {
        readers.execute(work);
    }

    /** The loop that the calling event-loop thread runs. */
    Loop here() {
        return loops.computeIfAbsent(Thread.currentThread(), thread -> {
            Context context = Objects.requireNonNull(Vertx.currentContext(), "Not on an event loop");
            Context own = context instanceof ContextInternal internal ? internal.unwrap() : context;
            return new Loop(own, tail, this);
        });
    }

    /** How long this stream lives. */
    Duration lifetime() {
        return settings.lifetime()
                .multipliedBy(75 + ThreadLocalRandom.current().nextInt(51))
                .dividedBy(100);
    }

    @Override
    public void fetch(Subscriber subscriber, Cursor after, ChangeFilter filter) {
        Loop loop = here();
        try {
            readers.execute(() -> {
                try {
                    Batch batch = read(after, filter);
                    readable.set(true);
                    loop.run(() -> {
                        subscriber.read(batch);
                        loop.pump(subscriber);
                    });
                } catch (SQLException | RuntimeException e) {
                    if (readable.getAndSet(false)) {
                        LOG.warn("Changes cannot be read; streams that are behind wait", e);
                    }
                    loop.run(subscriber::readFailed);
                }
            });
        } catch (RejectedExecutionException stopping) {
            subscriber.readFailed();
        }
    }

    private Batch read(Cursor after, ChangeFilter filter) throws SQLException {
        Head head = currentHead.get();
        return reader.after(new Stretch(after, head.cursor().sequence(), null), filter, BATCH);
    }

    private void care(Subscriber subscriber) {
        Outlet outlet = subscriber.outlet();
        if (outlet.blockedFor(settings.blocked())) {
            stalled.increment();
            outlet.breakOff();
        } else if (outlet.due()) {
            subscriber.end(Form.comeBackMillis());
        } else if (outlet.silentFor(settings.heartbeat())) {
            subscriber.heartbeat();
        }
    }
}
