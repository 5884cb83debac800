package ledger287.reporting.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal to answer, in words that say what to do. Becomes an {@code application/problem+json}. */
public final class Problem extends RuntimeException {
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

    /** Adds a member to the problem document. */
    public Problem with(String name, Object value) {
        extensions.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    Map<String, Object> extensions() {
        return extensions;
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    String detail() {
        String message = getMessage();
        return message == null ? type.title() : message;
    }
}
