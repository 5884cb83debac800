package ledger287.reporting.operations;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import ledger287.reporting.lists.ThingAnswers;

/** Operations and claims: as lists, one by one, and with their histories. */
@Singleton
@Path("/v1")
@PermitAll
public final class OperationsResource {
    private final ThingAnswers answers;

    OperationsResource(ThingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Path("operations")
    public Response operations(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new OperationList(), uri, headers);
    }

    @GET
    @Path("claims")
    public Response claims(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new ClaimList(), uri, headers);
    }

    @GET
    @Path("operations/{id}")
    public Response operation(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("operation", id, uri, headers, new OperationList.Details());
    }

    @GET
    @Path("claims/{id}")
    public Response claim(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("claim", id, uri, headers);
    }

    @GET
    @Path("operations/{id}/history")
    public Response operationHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("operation", id, uri, headers, ClaimChain::ofOperation);
    }

    @GET
    @Path("claims/{id}/history")
    public Response claimHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("claim", id, uri, headers, ClaimChain::ofClaim);
    }
}
