package ledger287.agreements.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.UncheckedIOException;
import ledger287.service.problem.Problem;

/**
 * Refuses bodies that say they are too long before a byte of them is read. The server's own limit comes later and
 * answers nothing but a number.
 */
final class DeclaredLength {
    /** Before the server's own limit. */
    private static final int FIRST = 10_000;

    /** What a form adds to the file in it. */
    private static final long FORM_OVERHEAD = 10_000;

    void register(@Observes Filters filters, UploadSettings settings, ObjectMapper mapper) {
        String problem = json(mapper, Upload.tooLarge(settings.maxBytes()));
        filters.register(context -> check(context, settings.maxBytes(), problem), FIRST);
    }

    private static void check(RoutingContext context, long maxBytes, String problem) {
        if (declared(context.request()) > maxBytes + FORM_OVERHEAD) {
            context.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader("Connection", "close")
                    .end(problem)
                    .onComplete(sent -> context.request().connection().close());
        } else {
            context.next();
        }
    }

    /** A length that cannot be read is refused by the server itself. */
    private static long declared(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static String json(ObjectMapper mapper, Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
