package ledger287.reporting.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A subscriber's server: it keeps what it is sent and answers as a test says. */
public final class Endpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    public static final Reply TAKEN = new Reply(204, "");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final boolean tls;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Function<Received, Reply> answer = message -> TAKEN;
    private volatile Function<Received, Reply> challengeAnswer =
            message -> new Reply(200, message.json().at("/data/challenge").asText());

    /** By http, on loopback. */
    public Endpoint() throws IOException {
        this(null);
    }

    /** @param context null for http */
    Endpoint(@Nullable SSLContext context) throws IOException {
        this.tls = context != null;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (context == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(context));
            server = secure;
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A message as it came. */
    public record Received(HttpHeaders headers, String path, String body, JsonNode json) {
        String type() {
            return json.path("type").asText();
        }

        boolean isChallenge() {
            return type().equals("webhook.challenge");
        }

        boolean isChange() {
            return json.has("specversion");
        }

        long sequence() {
            String cursor = json.path("cursor").asText();
            return Long.parseLong(cursor.substring(cursor.lastIndexOf('-') + 1));
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** @param headers one each */
    public record Reply(int status, String body, Map<String, String> headers) {
        Reply(int status, String body) {
            this(status, body, Map.of());
        }
    }

    String url(String host) {
        return "%s://%s:%d/hook?desk=news"
                .formatted(tls ? "https" : "http", host, server.getAddress().getPort());
    }

    public String url() {
        return url("127.0.0.1");
    }

    /** How it answers everything but challenges, from now on. */
    void answers(Function<Received, Reply> how) {
        answer = how;
    }

    public void answersChallenges(Function<Received, Reply> how) {
        challengeAnswer = how;
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<Received> changes() {
        return received.stream().filter(Received::isChange).toList();
    }

    List<Long> sequences() {
        return changes().stream().map(Received::sequence).toList();
    }

    /** How many messages it had to deal with at a time. */
    int mostAtATime() {
        return mostUnderWay.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var message = new Received(
                    HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                    exchange.getRequestURI().toString(),
                    body,
                    JSON.readTree(body));
            received.add(message);
            Reply reply = (message.isChallenge() ? challengeAnswer : answer).apply(message);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } finally {
            underWay.decrementAndGet();
        }
    }
}
