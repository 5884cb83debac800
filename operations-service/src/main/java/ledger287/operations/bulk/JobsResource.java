package ledger287.operations.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.UUID;
import ledger287.service.paging.Page;
import org.jspecify.annotations.Nullable;

/** How far files are. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public final class JobsResource {
    private final JobViews jobs;

    JobsResource(JobViews jobs) {
        this.jobs = jobs;
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public JsonNode job(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return jobs.job(id, Page.after(cursor), Page.limit(limit));
    }
}
