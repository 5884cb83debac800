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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operations and claims: as lists, one by one, and with their histories. */
@Singleton
@Path("/v1")
@PermitAll
@Tag(name = "reading")
public final class OperationsResource {
    private static final String COMMON =
            " as_of, position, limit, cursor, min_position, wait; sort, fields, facet and comparisons of columns as for"
                    + " /v1/agreements, e.g. start_on__gte=2025-05-01. As CSV, NDJSON and Parquet the list is whole, never"
                    + " paged.";

    private final ThingAnswers answers;

    OperationsResource(ThingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Path("operations")
    @Operation(
            summary = "Operations, each with its figures and its partners; retracted ones with status=retracted",
            description =
                    "Parameters: state, region; model, agency_type, agency_id (of matched partners); partner (a name,"
                            + " verbatim), metric, status, scope, q," + COMMON)
    public Response operations(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new OperationList(), uri, headers);
    }

    @GET
    @Path("claims")
    @Operation(
            summary = "Claims; the current ones about operations that stand, unless status says otherwise",
            description =
                    "Parameters: operation_id, metric, status; state, region, model, agency_type, agency_id (of the"
                            + " operation); q," + COMMON)
    public Response claims(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new ClaimList(), uri, headers);
    }

    @GET
    @Path("operations/{id}")
    @Operation(summary = "One operation, retracted or not")
    public Response operation(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("operation", id, uri, headers, new OperationList.Details());
    }

    @GET
    @Path("claims/{id}")
    @Operation(summary = "One claim, current, superseded or retracted")
    public Response claim(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("claim", id, uri, headers);
    }

    @GET
    @Path("operations/{id}/history")
    @Operation(summary = "Every event of an operation and of the claims about it")
    public Response operationHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("operation", id, uri, headers, ClaimChain::ofOperation);
    }

    @GET
    @Path("claims/{id}/history")
    @Operation(summary = "Every event of a claim and of those it replaced or was replaced by")
    public Response claimHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("claim", id, uri, headers, ClaimChain::ofClaim);
    }
}
