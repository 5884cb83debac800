package ledger287.reporting.stream;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import ledger287.reporting.stream.Tail.Window;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one event loop: all that touches them runs there, so nothing is locked. However many they are, a
 * change costs one hand-over to each loop.
 */
final class Loop {
    /**
     * Rounds of many subscribers are kept apart, so that changes that come fast go out together: most of what a change
     * costs is the write. One that comes after a pause goes out at once.
     */
    private static final int MILLIS_PER_SUBSCRIBER = 2;

    private static final int LONGEST_PAUSE_MILLIS = 200;

    private final Context context;
    private final Tail tail;
    private final Subscriber.Library library;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long lastRound = System.nanoTime() - Duration.ofSeconds(1).toNanos();

    Loop(Context context, Tail tail, Subscriber.Library library) {
        this.context = context;
        this.tail = tail;
        this.library = library;
    }

    /** Takes a subscriber up and sends it what there is. On the loop. */
    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
        subscriber.outlet().whenReady(() -> pump(subscriber));
        pump(subscriber);
    }

    /** On the loop. */
    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** On the loop. */
    void pump(Subscriber subscriber) {
        Window window = tail.window();
        if (window != null) {
            subscriber.pump(new Round(window), library);
        }
    }

    /** Tells it that there is more. From anywhere. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(nothing -> round());
        }
    }

    /** Does something with each subscriber, on the loop. From anywhere. */
    void each(Consumer<Subscriber> action) {
        context.runOnContext(nothing -> List.copyOf(subscribers).forEach(action));
    }

    /** Runs something on the loop. From anywhere. */
    void run(Runnable action) {
        context.runOnContext(nothing -> action.run());
    }

    private void round() {
        long pause = Math.min(LONGEST_PAUSE_MILLIS, subscribers.size() * MILLIS_PER_SUBSCRIBER);
        long passed = Duration.ofNanos(System.nanoTime() - lastRound).toMillis();
        if (passed < pause) {
            context.owner().setTimer(pause - passed, timer -> pumpAll());
        } else {
            pumpAll();
        }
    }

    private void pumpAll() {
        woken.set(false);
        @Nullable Window window = tail.window();
        if (window == null) {
            return;
        }
        Round round = new Round(window);
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.pump(round, library);
        }
        lastRound = System.nanoTime();
    }
}
