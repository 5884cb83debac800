package ledger287.service.problem;

import static ledger287.service.problem.ProblemType.DATABASE_UNAVAILABLE;
import static ledger287.service.problem.ProblemType.FORBIDDEN;
import static ledger287.service.problem.ProblemType.INTERNAL;
import static ledger287.service.problem.ProblemType.MALFORMED_BODY;
import static ledger287.service.problem.ProblemType.METHOD_NOT_ALLOWED;
import static ledger287.service.problem.ProblemType.NOT_ACCEPTABLE;
import static ledger287.service.problem.ProblemType.NOT_FOUND;
import static ledger287.service.problem.ProblemType.STALE;
import static ledger287.service.problem.ProblemType.TOO_LARGE;
import static ledger287.service.problem.ProblemType.UNAUTHENTICATED;
import static ledger287.service.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.stream.Collectors;
import ledger287.eventstore.VersionConflict;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns everything that can be thrown into a problem. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return answer(e.problem());
    }

    @ServerExceptionMapper
    Response stale(VersionConflict e) {
        return answer(Problem.of(STALE, e.getMessage() + " Read it again and decide again."));
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        return Response.fromResponse(
                        answer(
                                Problem.of(
                                        UNAUTHENTICATED,
                                        "Send a valid key as 'Authorization: Bearer <key>'. Keys are given out by who runs the ledger.")))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return answer(Problem.of(
                FORBIDDEN,
                "This needs another role than the key has. Roles are 'importer' for workbooks, 'editor' for everything that a"
                        + " person records or decides, 'admin' for the service itself; none implies another."));
    }

    /** Both are named, for the framework has an answer of its own to the second. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    Response malformedBody(JsonProcessingException e) {
        return answer(malformed(e));
    }

    @ServerExceptionMapper
    Response webApplication(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return answer(malformed(json));
        }
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 ->
                answer(Problem.of(
                        NOT_FOUND, "Nothing is at " + uri.getPath() + ". The addresses are listed at /q/openapi."));
            case 405 -> allowing(e, Problem.of(METHOD_NOT_ALLOWED, "See /q/openapi for what this address takes."));
            case 406 -> answer(Problem.of(NOT_ACCEPTABLE, "Ask for application/json."));
            case 413 -> answer(Problem.of(TOO_LARGE, "Send less."));
            case 415 ->
                answer(Problem.of(
                        UNSUPPORTED_MEDIA_TYPE,
                        "Workbooks are sent as 'Content-Type: application/octet-stream' or as a multipart form with a"
                                + " part 'file'; everything else as application/json."));
            default ->
                status < 500
                        ? answer(new Problem(
                                "about:blank",
                                e.getResponse().getStatusInfo().getReasonPhrase(),
                                status,
                                String.valueOf(e.getMessage()),
                                null,
                                null,
                                null))
                        : internal(e);
        };
    }

    @ServerExceptionMapper
    Response database(SQLException e) {
        if (isUnavailable(e)) {
            LOG.warn("The database does not answer", e);
            return Response.fromResponse(answer(Problem.of(
                            DATABASE_UNAVAILABLE,
                            "Whether the command was carried out is not known. Send it again with the same"
                                    + " Idempotency-Key in a few seconds.")))
                    .header(HttpHeaders.RETRY_AFTER, 5)
                    .build();
        }
        return internal(e);
    }

    @ServerExceptionMapper
    Response internal(Throwable e) {
        LOG.error("A request failed", e);
        return answer(Problem.of(
                INTERNAL,
                "Nothing was stored. The reason is in the service's log. Sending the request again with the same"
                        + " Idempotency-Key is safe."));
    }

    private static Problem malformed(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String field = unknown.getPropertyName();
            return Problem.of(MALFORMED_BODY, "There is no field '" + field + "' here.")
                    .about(
                            field,
                            Suggestion.nearest(
                                    field,
                                    unknown.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .toList()));
        }
        String field = e instanceof JsonMappingException mapping ? path(mapping) : null;
        return Problem.of(MALFORMED_BODY, "Not the JSON that is expected here: " + e.getOriginalMessage())
                .about(field, null);
    }

    private static @Nullable String path(JsonMappingException e) {
        return e.getPath().isEmpty()
                ? null
                : e.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."));
    }

    /** Connection lost or refused, server starting or stopping, out of connections, or the pool gave none in time. */
    private static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.equals("25006");
    }

    private static Response allowing(WebApplicationException e, Problem problem) {
        Response.ResponseBuilder response = Response.fromResponse(answer(problem));
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
