package ledger287.reporting.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, in words, an address that cannot be read: one with a {@code %} that is not followed by two hexadecimal digits.
 * The framework refuses it without any, before a resource is asked.
 */
final class UnreadableAddresses {
    private static final Pattern UNREADABLE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int LONGEST_NAME = 60;

    /** After the filter that lets scripts of any page read the refusal. */
    private static final int AFTER_OPEN_READING = 390;

    void register(@Observes Filters filters) {
        filters.register(UnreadableAddresses::require, AFTER_OPEN_READING);
    }

    /** An unreadable path matches no route at all, not even those of filters. */
    void register(@Observes Router router) {
        router.errorHandler(400, UnreadableAddresses::refuse);
    }

    private static void require(RoutingContext context) {
        @Nullable String query = context.request().query();
        if (query == null
                || query.indexOf('%') < 0
                || !UNREADABLE.matcher(query).find()) {
            context.next();
            return;
        }
        refuse(context);
    }

    private static void refuse(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        problem(context.request()).answer(context.response());
    }

    private static Problem problem(HttpServerRequest request) {
        @Nullable String query = request.query();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (UNREADABLE.matcher(pair).find()) {
                    String name = pair.replaceFirst("=.*", "");
                    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
                    return Problem.parameter(
                            shown,
                            "'%s' has a %% that is not followed by two hexadecimal digits; a %% itself is written %%25."
                                    .formatted(shown));
                }
            }
        }
        return new Problem(
                ProblemType.INVALID_REQUEST, "The address cannot be read: a % needs two hexadecimal digits.");
    }
}
