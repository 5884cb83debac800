package ledger287.agreements.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets the dashboard's importer page, which another service serves, give workbooks and decide reviews: only pages of the
 * origins that {@code ledger287.dashboard-origins} names, only the requests that the page makes, and no credentials but the
 * key that it sends itself. To every other page a browser goes on refusing our answers. (The framework's own filter sends back whatever
 * origin asks once it matches, and refuses, with its own words, programs that happen to send one.)
 */
@Singleton
final class DashboardOrigins {
    private static final int BEFORE_SECURITY = 400;

    private final Set<String> origins;

    /** @throws IllegalArgumentException when the setting names what is no origin: scheme, host and port, and nothing else */
    DashboardOrigins(@ConfigProperty(name = "ledger287.dashboard-origins") Optional<List<String>> origins) {
        this.origins = origins.orElse(List.of()).stream()
                .map(DashboardOrigins::checked)
                .collect(Collectors.toUnmodifiableSet());
    }

    void register(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            filters.register(this::answer, BEFORE_SECURITY);
        }
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!takenFromPages(context.normalizedPath())) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.headers().add("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Origin", origin);
        if (request.method().equals(HttpMethod.OPTIONS) && request.getHeader("Access-Control-Request-Method") != null) {
            response.setStatusCode(204)
                    .putHeader("Access-Control-Allow-Methods", "GET, POST")
                    .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
                    .putHeader("Access-Control-Max-Age", "600")
                    .end();
            return;
        }
        context.next();
    }

    private static boolean takenFromPages(String path) {
        return path.equals("/v1/sheets")
                || path.startsWith("/v1/sheets/")
                || path.equals("/v1/reviews")
                || path.startsWith("/v1/reviews/");
    }

    private static String checked(String given) {
        URI uri = URI.create(given.strip());
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        if (uri.getHost() == null || uri.getUserInfo() != null || !origin.equals(given.strip())) {
            throw new IllegalArgumentException(
                    "ledger287.dashboard-origins names addresses of the dashboard's pages up to the port, as in https://ledger.example.org, and not '%s'"
                            .formatted(given));
        }
        return origin;
    }
}
