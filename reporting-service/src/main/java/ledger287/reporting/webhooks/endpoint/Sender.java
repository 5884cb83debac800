package ledger287.reporting.webhooks.endpoint;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a message to an endpoint. The host is looked up once for each attempt, every address that it has is held against
 * the rules, and the connection goes to an address that was: no name is looked up again behind our back. TLS is verified
 * for the name all the same. No proxy, no redirection, and no more of an answer than its beginning.
 */
@Singleton
public final class Sender {
    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_BODY_BYTES = 16 * 1024;
    /** Less than servers keep an idle connection, or messages would be sent into its end. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final int MOST_CONNECTIONS = 4;

    private final Lookups lookups;
    private final EndpointSettings settings;
    private final Clock clock;
    private final HttpClient http;

    Sender(Vertx vertx, Lookups lookups, EndpointSettings settings, Clock clock) {
        this.lookups = lookups;
        this.settings = settings;
        this.clock = clock;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) settings.connect().toMillis())
                .setSslHandshakeTimeout(settings.connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setDecompressionSupported(false);
        settings.trust().ifPresent(file -> options.setTrustOptions(Trust.beside(file)));
        this.http = vertx.createHttpClient(options);
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** Waits for the endpoint, at most as long as the settings say. */
    public Outcome post(EndpointUrl url, Map<String, String> headers, byte[] body)
            throws Overloaded, InterruptedException {
        Timing timing = new Timing(System.nanoTime());
        List<InetAddress> addresses;
        try {
            addresses = lookups.of(url.host(), settings.connect());
        } catch (Lookups.Failed e) {
            return new Outcome.Unanswered(String.valueOf(e.getMessage()), timing.took());
        }
        for (InetAddress address : addresses) {
            Optional<String> refusal = url.refusal(address, settings.allowLoopback());
            if (refusal.isPresent()) {
                return new Outcome.Refused(
                        "%s has the address %s, which is never connected to: it %s."
                                .formatted(url.host(), address.getHostAddress(), refusal.get()),
                        timing.took());
            }
        }
        String why = "The name has no address.";
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            HttpClientRequest request;
            try {
                request = connect(url, headers, address);
            } catch (Failed e) {
                why = String.valueOf(e.getMessage());
                continue;
            }
            try {
                return exchange(request, body, timing);
            } catch (Failed e) {
                return new Outcome.Unanswered(String.valueOf(e.getMessage()), timing.took());
            }
        }
        return new Outcome.Unanswered(why, timing.took());
    }

    private record Timing(long begun) {
        Duration took() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private static final class Failed extends Exception {
        Failed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private HttpClientRequest connect(EndpointUrl url, Map<String, String> headers, InetAddress address)
            throws Failed, InterruptedException {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.target())
                .setFollowRedirects(false);
        if (url.host().contains(":")) {
            options.putHeader("host", "[%s]:%d".formatted(url.host(), url.port()));
        }
        headers.forEach(options::putHeader);
        Duration patience = settings.connect().multipliedBy(2);
        HttpClientRequest request = await(http.request(options), patience, "No connection within %d s.");
        SocketAddress reached = request.connection().remoteAddress();
        if (!address.getHostAddress().equals(reached.hostAddress())) {
            request.reset();
            throw new Failed("The connection led to another address.", null);
        }
        return request;
    }

    private Outcome exchange(HttpClientRequest request, byte[] body, Timing timing)
            throws Failed, InterruptedException {
        long deadline = System.nanoTime() + settings.response().toNanos();
        Beginning beginning = new Beginning();
        try {
            // Before anything is sent: the answer may be whole before this thread goes on.
            Future<HttpClientResponse> answer = request.response().onSuccess(beginning::of);
            request.end(Buffer.buffer(body));
            HttpClientResponse response = await(answer, settings.response(), "No answer within %d s.");
            return new Outcome.Answered(
                    response.statusCode(),
                    RetryAfter.read(response.getHeader("Retry-After"), clock.instant())
                            .orElse(null),
                    beginning.await(deadline),
                    timing.took());
        } finally {
            // Only a connection whose answer has been read to its end is of use to the next message.
            if (!beginning.whole) {
                request.reset();
            }
        }
    }

    /** What is read of an answer's body. The status decides; a body that does not end does not change it. */
    private static final class Beginning {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private volatile boolean whole;

        /** On the event loop. */
        private void of(HttpClientResponse response) {
            Buffer read = Buffer.buffer();
            response.handler(piece -> {
                read.appendBuffer(piece, 0, Math.min(piece.length(), MOST_BODY_BYTES - read.length()));
                if (read.length() >= MOST_BODY_BYTES) {
                    text.complete(read.toString());
                }
            });
            response.endHandler(end -> {
                whole = !text.isDone();
                text.complete(read.toString());
            });
            response.exceptionHandler(broken -> text.complete(read.toString()));
        }

        private String await(long deadline) throws InterruptedException {
            try {
                return text.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                return "";
            }
        }
    }

    private static <T> T await(Future<T> future, Duration patience, String timeout)
            throws Failed, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Failed(timeout.formatted(patience.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new Failed(words(e.getCause()), e.getCause());
        }
    }

    private static String words(@Nullable Throwable failure) {
        if (failure == null) {
            return "The connection failed.";
        }
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return "%s: %s".formatted(failure.getClass().getSimpleName(), message);
    }
}
