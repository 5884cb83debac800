package ledger287.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A reader who looks at the headline all the time, and remembers every change in it. */
final class HeadlineWatcher implements AutoCloseable {

    /** What was shown; null when the ledger said that it does not know. */
    record Shown(@Nullable Integer agreements, @Nullable Integer pending) {

        static Shown in(JsonNode headline) {
            return new Shown(number(headline.path("agreements")), number(headline.path("pending_applications")));
        }

        private static @Nullable Integer number(JsonNode node) {
            return node.isInt() ? Integer.valueOf(node.asInt()) : null;
        }
    }

    private final Client client;
    private final List<Shown> shown = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("headline-watcher").unstarted(this::watch);
    private volatile boolean stopping;

    HeadlineWatcher(Client client) {
        this.client = client;
        thread.start();
    }

    private void watch() {
        while (!stopping) {
            try {
                Client.Answer answer = client.ask("/v1/statistics/headline?" + Client.SINCE);
                if (answer.status() == 200) {
                    remember(answer.body());
                }
            } catch (IOException down) {
                // The service is away, as may be while it is killed; whoever looks later sees what it says then.
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private synchronized void remember(JsonNode headline) {
        looks.incrementAndGet();
        Shown now = Shown.in(headline);
        if (shown.isEmpty() || !Objects.equals(shown.getLast(), now)) {
            shown.add(now);
        }
        if (!headline.path("complete").asBoolean()) {
            incomplete.add(headline.toString());
        }
    }

    int looks() {
        return looks.get();
    }

    /** Every change of the figures that was seen, in order. */
    synchronized List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** Answers that said of themselves that they are not complete. */
    synchronized List<String> incomplete() {
        return List.copyOf(incomplete);
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns when it looks no more. */
    void stop() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
