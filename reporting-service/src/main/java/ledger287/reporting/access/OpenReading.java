package ledger287.reporting.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Lets scripts of any page read: a literal {@code *}, never the origin sent back, and no credentials, so that caches may
 * keep answers for everybody. (The framework's own filter echoes the origin.)
 */
final class OpenReading {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int BEFORE_SECURITY = 400;

    // With every answer: their form on the wire is made once.
    private static final CharSequence ORIGIN = HttpHeaders.createOptimized("Access-Control-Allow-Origin");
    private static final CharSequence ANY = HttpHeaders.createOptimized("*");
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized("Access-Control-Expose-Headers");
    private static final CharSequence OURS = HttpHeaders.createOptimized("ETag, Link, Feed-Position, RateLimit");

    void register(@Observes Filters filters) {
        filters.register(OpenReading::allow, BEFORE_SECURITY);
    }

    private static void allow(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!context.normalizedPath().startsWith("/v1/")) {
            context.next();
            return;
        }
        if (READING.contains(request.method())) {
            context.response().putHeader(ORIGIN, ANY).putHeader(EXPOSED, OURS);
        } else if (request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Access-Control-Request-Method") != null) {
            context.response()
                    .setStatusCode(204)
                    .putHeader(ORIGIN, ANY)
                    .putHeader("Access-Control-Allow-Methods", "GET, HEAD")
                    .putHeader("Access-Control-Allow-Headers", "Accept, If-None-Match, Last-Event-ID")
                    .putHeader("Access-Control-Max-Age", "86400")
                    .end();
            return;
        }
        context.next();
    }
}
