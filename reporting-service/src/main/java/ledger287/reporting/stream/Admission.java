package ledger287.reporting.stream;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import ledger287.reporting.limits.Client;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;

/** How many streams may be open, in all and to one client: of IPv6, one network. */
@Singleton
final class Admission {
    private static final int RETRY_SECONDS = 10;

    private final StreamSettings settings;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Client, Integer> byClient = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Admission(StreamSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        metrics.gauge("ledger287.stream.subscribers", open);
    }

    /** A place; given back once, however often it is closed. */
    interface Ticket extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws Problem when there is no place */
    Ticket admit(Client client) {
        if (closed) {
            throw refusal("This instance is being stopped; another one answers.");
        }
        if (open.incrementAndGet() > settings.most()) {
            open.decrementAndGet();
            throw refusal("%d streams are open here, and no more are served at once.".formatted(settings.most()));
        }
        if (byClient.merge(client, 1, Integer::sum) > settings.mostPerAddress()) {
            leave(client);
            throw refusal(
                    "%d streams are open to your address or network, and no more are served at once. Share one among pages."
                            .formatted(settings.mostPerAddress()));
        }
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                leave(client);
            }
        };
    }

    /** From now on nobody is let in. */
    void close() {
        closed = true;
    }

    private void leave(Client client) {
        open.decrementAndGet();
        byClient.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }

    private static Problem refusal(String detail) {
        return Problem.retry(ProblemType.TOO_MANY_STREAMS, detail, RETRY_SECONDS, null);
    }
}
