package ledger287.reporting.limits;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;

/**
 * How many downloads run at once, in all and to one client. A download lasts as long as its reader takes to read it, and
 * holds a database connection all the while; one whose reader does not read, or not within an hour, is broken off.
 */
@Singleton
public final class Downloads {
    private static final int RETRY_SECONDS = 5;
    private static final int CHECKS = 4;
    private static final long INTERNAL_ERROR = 2;
    private static final long CLOSED_WITHIN_MILLISECONDS = 5_000;

    private final LimitSettings settings;
    private final AtomicInteger running = new AtomicInteger();
    private final Map<Client, Integer> byClient = new ConcurrentHashMap<>();

    Downloads(LimitSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        metrics.gauge("ledger287.downloads", running);
    }

    /** Writes a download. */
    public interface Run<E extends Exception> {
        void run(OutputStream out) throws E;
    }

    /**
     * Runs a download, when there is room for it.
     *
     * @param request whose answer it is
     * @param out what it is written to, and watched
     * @throws Problem when there is not
     */
    public <E extends Exception> void run(RoutingContext request, OutputStream out, Run<E> download) throws E {
        Client client = Client.of(request.request().remoteAddress());
        boolean limited = !client.loopback() || settings.loopback();
        try {
            if (running.incrementAndGet() > settings.downloads()) {
                throw Problem.retry(
                        ProblemType.BUSY,
                        "%d downloads are running here, and no more run at once.".formatted(settings.downloads()),
                        RETRY_SECONDS,
                        null);
            }
            if (!limited) {
                watched(request, out, download);
                return;
            }
            try {
                if (byClient.merge(client, 1, Integer::sum) > settings.downloadsPerClient()) {
                    throw Problem.retry(
                            ProblemType.TOO_MANY_REQUESTS,
                            "%d downloads of yours are running, and no more run at once. Fetch one after the other."
                                    .formatted(settings.downloadsPerClient()),
                            RETRY_SECONDS,
                            null);
                }
                watched(request, out, download);
            } finally {
                byClient.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    private <E extends Exception> void watched(RoutingContext request, OutputStream out, Run<E> download) throws E {
        var output = new WatchedOutput(out);
        long begun = System.nanoTime();
        long timer = request.vertx().setPeriodic(settings.stalled().toMillis() / CHECKS, time -> {
            boolean tooLong = System.nanoTime() - begun > settings.longest().toNanos();
            if (tooLong || output.stalledFor(settings.stalled())) {
                breakOff(request.request());
            }
        });
        try {
            download.run(output);
        } finally {
            request.vertx().cancelTimer(timer);
        }
    }

    /**
     * Ends an answer so that its reader sees that it is not whole. An orderly end would wait behind what the reader does
     * not take. Called on a worker's thread, it returns when the connection is closed: what the framework then writes
     * to end the answer could otherwise overtake the closing, and half would look whole.
     */
    public static void breakOff(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase base) {
            Channel channel = base.channel();
            ChannelFuture closing = channel.close();
            if (!channel.eventLoop().inEventLoop()) {
                closing.awaitUninterruptibly(CLOSED_WITHIN_MILLISECONDS);
            }
        } else {
            var unused = request.response().reset(INTERNAL_ERROR);
        }
    }
}
