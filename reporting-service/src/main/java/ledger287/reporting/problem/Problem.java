package ledger287.reporting.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A refusal to answer, in words that say what to do. Becomes an {@code application/problem+json}. */
public final class Problem extends RuntimeException {
    private static final Logger LOG = Logger.getLogger(Problem.class);

    /** PostgreSQL's code for a statement that was cancelled, as it is at {@code statement_timeout}. */
    private static final String STOPPED = "57014";

    private static final int SLOW_RETRY_SECONDS = 30;

    private final ProblemType type;
    private final transient Map<String, Object> extensions = new LinkedHashMap<>();
    private final int retryAfterSeconds;

    public Problem(ProblemType type, String detail) {
        this(type, detail, 0, null);
    }

    private Problem(ProblemType type, String detail, int retryAfterSeconds, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A parameter that is unknown or has a value that cannot be used. */
    public static Problem parameter(String name, String detail) {
        return new Problem(ProblemType.INVALID_PARAMETER, detail).with("parameter", name);
    }

    /** Come back later. */
    public static Problem retry(ProblemType type, String detail, int seconds, @Nullable Throwable cause) {
        return new Problem(type, detail, seconds, cause);
    }

    /** What went wrong on our side, as readers are told; the rest is logged. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case SQLException database
            when STOPPED.equals(database.getSQLState()) ->
                retry(
                        ProblemType.TOO_SLOW,
                        "Finding this takes longer than is allowed, and was stopped. Narrow it (state=, from=, a wider interval), or try again later.",
                        SLOW_RETRY_SECONDS,
                        database);
            case SQLException database -> {
                LOG.error("The query store failed a request", database);
                yield retry(
                        ProblemType.UNAVAILABLE, "The query store does not answer. Try again shortly.", 5, database);
            }
            default -> {
                LOG.error("A request failed", failure);
                yield new Problem(
                        ProblemType.INTERNAL,
                        "The request could not be answered. It has been logged; trying again may help.");
            }
        };
    }

    /** Answers a request that the framework does not see. */
    public void answer(HttpServerResponse response) {
        response.setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (retryAfterSeconds > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        }
        response.end(new JsonObject(document()).toBuffer());
    }

    /** Adds a member to the problem document. */
    public Problem with(String name, Object value) {
        extensions.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    /** The problem document's members. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type.urn());
        document.put("title", type.title());
        document.put("status", type.status());
        document.put("detail", detail());
        document.putAll(extensions);
        return document;
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    String detail() {
        String message = getMessage();
        return message == null ? type.title() : message;
    }
}
