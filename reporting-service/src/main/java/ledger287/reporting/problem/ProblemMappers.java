package ledger287.reporting.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of a request as a problem document. */
final class ProblemMappers {
    @ServerExceptionMapper
    Response problem(Problem problem) {
        return document(problem);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 401 -> unauthenticated();
            case 403 -> forbidden();
            case 404 ->
                document(new Problem(
                        ProblemType.NOT_FOUND, "No such address. /q/openapi lists those there are; / has links."));
            case 405 ->
                document(new Problem(ProblemType.METHOD_NOT_ALLOWED, "Reading is by GET; /q/openapi lists the rest."));
            case 406 -> document(new Problem(ProblemType.NOT_ACCEPTABLE, "Ask for application/json or text/csv."));
            case 413 -> document(new Problem(ProblemType.TOO_LARGE, "Send less."));
            case 415 -> document(new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json."));
            default -> {
                if (e.getResponse().getStatus() < 500) {
                    yield document(new Problem(ProblemType.INVALID_REQUEST, "The request cannot be read."));
                }
                yield unexpected(e);
            }
        };
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e) {
        Response response = unauthenticated();
        response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return response;
    }

    /** The framework has put the challenge into the answer already. */
    @ServerExceptionMapper
    Response authenticationFailed(AuthenticationFailedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return forbidden();
    }

    @ServerExceptionMapper
    Response database(SQLException e) {
        return document(Problem.of(e));
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        return document(Problem.of(e));
    }

    private static Response unauthenticated() {
        return document(new Problem(ProblemType.UNAUTHENTICATED, "Send a known key: Authorization: Bearer <key>."));
    }

    private static Response forbidden() {
        return document(new Problem(ProblemType.FORBIDDEN, "This needs a key with another role."));
    }

    private static Response document(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.type().status())
                .type("application/problem+json")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem.document());
        if (problem.retryAfterSeconds() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        return response.build();
    }
}
