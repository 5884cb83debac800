package ledger287.reporting.webhooks.endpoint;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks hosts up without waiting longer than we want to. The system's resolver cannot be interrupted; so it is asked on
 * threads of its own, of which there are few while names are found quickly, and never many.
 */
@Singleton
final class Lookups {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Resolver resolver;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("webhook-lookup-", 0).factory());

    Lookups(Resolver resolver) {
        this.resolver = resolver;
    }

    /** There are no addresses to be had. */
    static final class Failed extends Exception {
        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @throws Overloaded when the name was not looked up, because as many as may be already are */
    List<InetAddress> of(String host, Duration patience) throws Failed, Overloaded, InterruptedException {
        Future<List<InetAddress>> lookup;
        try {
            lookup = threads.submit(() -> resolver.resolve(host));
        } catch (RejectedExecutionException e) {
            throw new Overloaded("Too many names are being looked up on our side.", e);
        }
        try {
            return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Failed("The name was not found within %d s.".formatted(patience.toSeconds()), e);
        } catch (ExecutionException e) {
            // The latter for what only looks like an address, such as 0x7f.1.
            if (e.getCause() instanceof UnknownHostException || e.getCause() instanceof IllegalArgumentException) {
                throw new Failed("The name is not known.", e);
            }
            throw new IllegalStateException("A look-up failed", e.getCause());
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
