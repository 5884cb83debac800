package ledger287.operations.bulk;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.UUID;
import ledger287.operations.ledger.Kind;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Many operations and claims at once: a file in, a job out. */
@Path("/v1/operations/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public final class BulkResource {
    private static final int LONGEST_KEY = 200;

    private final Intake intake;
    private final JobViews jobs;
    private final Worker worker;

    BulkResource(Intake intake, JobViews jobs, Worker worker) {
        this.intake = intake;
        this.jobs = jobs;
        this.worker = worker;
    }

    @POST
    @RolesAllowed("editor")
    @Consumes(MediaType.WILDCARD)
    public Response receive(
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Content-Type") @Nullable String contentType,
            @HeaderParam("X-File-Name") @Nullable String fileName,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @QueryParam("sample") @Nullable String sample)
            throws IOException, SQLException {
        Format format = Format.of(contentType, fileName).orElseThrow(() -> Problem.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Send 'Content-Type: application/x-ndjson' or 'text/csv', or the file's name as"
                                + " X-File-Name.")
                .about("Content-Type", null)
                .asException());
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw Problem.of(
                            ProblemType.INVALID_PARAMETER,
                            "An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.")
                    .about("Idempotency-Key", null)
                    .asException();
        }
        UUID job = intake.receive(
                new Intake.Delivery(
                        caller.getUserPrincipal().getName(),
                        idempotencyKey,
                        format,
                        plain(fileName),
                        Kind.said(sample)),
                body);
        worker.wake();
        return Response.accepted(jobs.job(job, 0, 0))
                .location(URI.create("/v1/jobs/" + job))
                .build();
    }

    /** It becomes part of the reason that the events give. */
    private static @Nullable String plain(@Nullable String fileName) {
        if (fileName == null) {
            return null;
        }
        String name = fileName.replaceAll("[\\p{Cc}<>]", "").strip();
        return name.isEmpty() ? null : name.substring(0, Math.min(name.length(), 200));
    }
}
