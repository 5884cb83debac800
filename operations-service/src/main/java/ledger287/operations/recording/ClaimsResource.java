package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims: corrected, retracted, preferred. They are made at the operation that they are about. */
@Path("/v1/claims")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public final class ClaimsResource {
    private final Requests requests;
    private final Commands commands;
    private final Views views;

    ClaimsResource(Requests requests, Commands commands, Views views) {
        this.requests = requests;
        this.commands = commands;
        this.views = views;
    }

    @POST
    @Path("/{id}/correction")
    @RolesAllowed("editor")
    public Response correct(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        UUID operation = views.operationOfClaim(id);
        return requests.carryOut(
                body,
                caller,
                key,
                ifMatch,
                "correct claim " + id,
                command -> commands.correctClaim(id, operation, command));
    }

    @POST
    @Path("/{id}/retraction")
    @RolesAllowed("editor")
    public Response retract(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        UUID operation = views.operationOfClaim(id);
        return requests.carryOut(
                body,
                caller,
                key,
                ifMatch,
                "retract claim " + id,
                command -> commands.retractClaim(id, operation, command));
    }

    @POST
    @Path("/{id}/preference")
    @RolesAllowed("editor")
    public Response prefer(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        UUID operation = views.operationOfClaim(id);
        return requests.carryOut(
                body, caller, key, ifMatch, "prefer claim " + id, command -> commands.prefer(id, operation, command));
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public Response claim(@PathParam("id") UUID id) throws SQLException {
        ObjectNode claim = views.claim(id);
        return Requests.tagged(Response.ok(claim), claim);
    }

    @GET
    @Path("/{id}/history")
    @PermitAll
    public JsonNode history(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return views.historyOfClaim(id, limit, cursor);
    }
}
