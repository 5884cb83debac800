package ledger287.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that was not carried out, in the form of RFC 9457.
 *
 * @param detail what happened and what to do
 * @param code the reason within the type, stable, e.g. {@code missing-column}
 * @param parameter the offending parameter, header or field
 * @param suggestion what was probably meant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String code,
        @Nullable String parameter,
        @Nullable String suggestion) {

    /** The media type of the answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, null, null, null);
    }

    /** With the reason within the type. */
    public Problem because(String code) {
        return new Problem(type, title, status, detail, code, parameter, suggestion);
    }

    /** With the offending parameter, header or field, and what was probably meant. */
    public Problem about(@Nullable String parameter, @Nullable String suggestion) {
        return new Problem(type, title, status, detail, code, parameter, suggestion);
    }

    /** To be thrown. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
