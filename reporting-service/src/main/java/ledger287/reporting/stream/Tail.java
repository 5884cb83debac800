package ledger287.reporting.stream;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.ChangeReader.Stretch;
import ledger287.reporting.feed.FeedChange;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes, serialised once for everybody. One thread reads them from the database each time the head has
 * moved, so that what a stream tells is committed and in every answer.
 */
@Singleton
final class Tail {
    private static final Logger LOG = Logger.getLogger(Tail.class);
    private static final ChangeReader.Limits STEP = new ChangeReader.Limits(500, 4_000_000, Long.MAX_VALUE / 2);
    private static final long RETRY_MILLIS = 500;

    private final CurrentHead currentHead;
    private final ChangeReader reader;
    private final StreamSettings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stream-tail").factory());
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable Window window;
    private boolean readable = true;

    Tail(CurrentHead currentHead, ChangeReader reader, StreamSettings settings) {
        this.currentHead = currentHead;
        this.reader = reader;
        this.settings = settings;
    }

    /**
     * A change as it is sent.
     *
     * @param event as SSE
     * @param json where in it the JSON begins
     */
    record Entry(long sequence, String type, List<String> images, Buffer event, int json) {
        static Entry of(FeedChange change) {
            Buffer event = Buffer.buffer(change.serverSentEvent());
            int json = "id: \ndata: ".length() + change.cursor().toString().length();
            return new Entry(change.cursor().sequence(), change.type(), change.images(), event, json);
        }

        /** As a line of NDJSON: all of it but the id before and the second line end after. */
        Buffer line() {
            return event.slice(json, event.length() - 1);
        }
    }

    /**
     * What is held: the changes {@code after + 1, after + 2 …} of a change log, without a gap.
     *
     * @param bytes of all events
     */
    record Window(String epoch, long after, List<Entry> entries, long bytes) {
        long last() {
            return after + entries.size();
        }

        Entry at(long sequence) {
            return entries.get((int) (sequence - after - 1));
        }
    }

    void start(@Observes StartupEvent event) {
        currentHead.whenMoved(this::ask);
        ask();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /**
     * What is held now. Never changes: another look gives another window.
     *
     * @return null before the first look at this change log: readers of one that was built anew may be there before it
     */
    @Nullable
    Window window() {
        Window held = window;
        // Asked afterwards: the head only moves forward, so a reader's place is never newer than it.
        Head head = currentHead.peek();
        return held != null && head != null && held.epoch().equals(head.cursor().epoch()) ? held : null;
    }

    /** Has something done each time there is more. */
    void whenLonger(Runnable listener) {
        listeners.add(listener);
    }

    private void ask() {
        if (!thread.isShutdown() && asked.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    private void look() {
        asked.set(false);
        try {
            lengthen(currentHead.get());
            readable = true;
        } catch (SQLException | RuntimeException e) {
            if (readable) {
                LOG.warn("The newest changes cannot be read; streams wait", e);
            }
            readable = false;
            var unused = thread.schedule(this::ask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void lengthen(Head head) throws SQLException {
        String epoch = head.cursor().epoch();
        long end = head.cursor().sequence();
        Window shown = window;
        Window held = shown;
        long oldest = Math.max(0, end - settings.tailChanges());
        if (held == null || !held.epoch().equals(epoch) || held.last() < oldest) {
            held = new Window(epoch, oldest, List.of(), 0);
        }
        while (held.last() < end) {
            List<FeedChange> more = reader.after(
                            new Stretch(new Cursor(epoch, held.last()), end, null), ChangeFilter.EVERYTHING, STEP)
                    .changes();
            held = longer(held, more);
            shown = held;
            show(held);
        }
        if (shown == null || !shown.epoch().equals(epoch)) {
            // Also of a log that is still empty: readers of the one before are told that it is gone.
            show(held);
        }
    }

    private Window longer(Window held, List<FeedChange> more) {
        if (more.isEmpty() || more.getFirst().cursor().sequence() != held.last() + 1) {
            throw new IllegalStateException("The change log has a gap after " + held.last());
        }
        List<Entry> entries = new ArrayList<>(held.entries());
        long bytes = held.bytes();
        for (FeedChange change : more) {
            Entry entry = Entry.of(change);
            entries.add(entry);
            bytes += entry.event().length();
        }
        int drop = 0;
        while (entries.size() - drop > settings.tailChanges()
                || (bytes > settings.tailBytes() && drop < entries.size() - 1)) {
            bytes -= entries.get(drop).event().length();
            drop++;
        }
        return new Window(held.epoch(), held.after() + drop, List.copyOf(entries.subList(drop, entries.size())), bytes);
    }

    private void show(Window next) {
        window = next;
        listeners.forEach(Runnable::run);
    }
}
