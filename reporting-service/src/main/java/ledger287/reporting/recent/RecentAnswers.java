package ledger287.reporting.recent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.query.Compression;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer again, byte for byte, to whoever asks the same while nothing has changed: what most requests for
 * statistics do. It stands before the framework, which takes ten times as long to find the same bytes, and compresses
 * them each time.
 *
 * <p>What is kept holds for one head. A question's answer is a function of its address, its {@code Accept} header, whether
 * gzip is taken, and the head, and the head only moves forward: when it is the same before the question was asked and after
 * it was answered, it was the same in between.
 */
@Singleton
@SuppressWarnings(
        "ReferenceEquality") // an unchanged head is the same object, and this is asked a hundred thousand times
final class RecentAnswers {
    private static final String HEAD = RecentAnswers.class.getName();
    /** After the filters that limit and that open reading to scripts, before authentication. */
    private static final int BEFORE_SECURITY = -300;

    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int LONGEST_ADDRESS = 2_000;

    private final CurrentHead currentHead;
    private final Cache<Key, Kept> answers;

    RecentAnswers(CurrentHead currentHead) {
        this.currentHead = currentHead;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(0)
                .weigher((Key key, Kept answer) ->
                        key.address().length() * 2 + answer.body().length() + 1_000)
                .build();
    }

    private record Key(String address, @Nullable String accept, boolean compressed) {}

    /**
     * An answer.
     *
     * @param head under which it holds
     * @param headers of the whole answer, as they are written
     * @param unchanged those of them that an answer without a body has
     */
    private record Kept(
            Head head,
            String tag,
            List<Map.Entry<CharSequence, CharSequence>> headers,
            List<Map.Entry<CharSequence, CharSequence>> unchanged,
            Buffer body) {}

    void register(@Observes Router router) {
        // Not injected: a response filter is made before the settings of this start can be seen.
        long mostBytes = ConfigProvider.getConfig().getValue("ledger287.reporting.recent-answer-bytes", Long.class);
        answers.policy().eviction().ifPresent(kept -> kept.setMaximum(mostBytes));
        router.route("/v1/*").order(BEFORE_SECURITY).handler(this::giveAgain);
    }

    private void giveAgain(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable Head head = currentHead.peek();
        if (head == null
                || !(request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
                || request.uri().length() > LONGEST_ADDRESS
                || request.headers().contains(HttpHeaders.AUTHORIZATION)
                // There the server compresses whatever says that it is, compressed or not.
                || (request.version() == HttpVersion.HTTP_2 && takesGzip(request))) {
            context.next();
            return;
        }
        @Nullable Kept answer = answers.getIfPresent(key(request));
        boolean whole = request.method().equals(HttpMethod.GET);
        if (answer == null || answer.head() != head) {
            if (whole) {
                context.put(HEAD, head);
            }
            context.next();
            return;
        }
        @Nullable String known = request.headers().get(HttpHeaders.IF_NONE_MATCH);
        if (known != null && !known.equals(answer.tag())) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        MultiMap headers = response.headers();
        for (Map.Entry<CharSequence, CharSequence> header : known == null ? answer.headers() : answer.unchanged()) {
            headers.set(header.getKey(), header.getValue());
        }
        if (known != null) {
            response.setStatusCode(304).end();
        } else if (whole) {
            response.end(answer.body());
        } else {
            if (headers.contains(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY, true)) {
                headers.remove(HttpHeaders.CONTENT_ENCODING);
            }
            headers.set(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length()));
            response.end();
        }
    }

    @ServerResponseFilter
    void keep(ContainerRequestContext request, ContainerResponseContext response, RoutingContext context) {
        @Nullable Head before = context.get(HEAD);
        @Nullable Object body = response.getEntity();
        @Nullable String tag = response.getHeaderString("ETag");
        if (before == null
                || response.getStatus() != 200
                || tag == null
                || !(body instanceof byte[] bytes)
                || bytes.length > LARGEST_BODY
                || before != currentHead.peek()) {
            return;
        }
        List<Map.Entry<CharSequence, CharSequence>> headers = new ArrayList<>();
        response.getStringHeaders()
                .forEach((name, values) -> headers.add(Map.entry(
                        HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(String.join(", ", values)))));
        List<Map.Entry<CharSequence, CharSequence>> unchanged = headers.stream()
                .filter(header -> !header.getKey().toString().equalsIgnoreCase("Content-Type"))
                .toList();
        boolean compressed = Compression.isMarked(tag);
        if (compressed) {
            // What is kept is compressed once, not each time that it is given.
            headers.add(Map.entry(HttpHeaders.CONTENT_ENCODING, GZIP));
        }
        Buffer given = Buffer.buffer(compressed ? gzip(bytes) : bytes);
        answers.put(key(context.request()), new Kept(before, tag, List.copyOf(headers), unchanged, given));
    }

    private static byte[] gzip(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return compressed.toByteArray();
    }

    private static Key key(HttpServerRequest request) {
        return new Key(request.uri(), request.headers().get(HttpHeaders.ACCEPT), takesGzip(request));
    }

    private static boolean takesGzip(HttpServerRequest request) {
        return Compression.accepted(request.headers().get(HttpHeaders.ACCEPT_ENCODING));
    }
}
