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
import ledger287.operations.ledger.Kind;
import org.jspecify.annotations.Nullable;

/** Enforcement operations: recorded, corrected, retracted, and claimed about. */
@Path("/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public final class OperationsResource {
    private final Requests requests;
    private final Commands commands;
    private final Views views;

    OperationsResource(Requests requests, Commands commands, Views views) {
        this.requests = requests;
        this.commands = commands;
        this.views = views;
    }

    @POST
    @RolesAllowed("editor")
    public Response record(
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("sample") @Nullable String sample)
            throws IOException, SQLException {
        Kind kind = Kind.said(sample);
        return requests.carryOut(body, caller, key, null, "record " + kind, command -> commands.record(command, kind));
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
        return requests.carryOut(body, caller, key, ifMatch, "correct " + id, command -> commands.correct(id, command));
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
        return requests.carryOut(body, caller, key, ifMatch, "retract " + id, command -> commands.retract(id, command));
    }

    @POST
    @Path("/{id}/partners")
    @RolesAllowed("editor")
    public Response partners(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        return requests.carryOut(
                body, caller, key, ifMatch, "partners " + id, command -> commands.changePartners(id, command));
    }

    @POST
    @Path("/{id}/overlaps")
    @RolesAllowed("editor")
    public Response overlaps(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        return requests.carryOut(
                body, caller, key, ifMatch, "overlaps " + id, command -> commands.declareOverlap(id, command));
    }

    @POST
    @Path("/{id}/claims")
    @RolesAllowed("editor")
    public Response claim(
            @PathParam("id") UUID id,
            InputStream body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws IOException, SQLException {
        return requests.carryOut(body, caller, key, ifMatch, "claim " + id, command -> commands.claim(id, command));
    }

    @GET
    @PermitAll
    public JsonNode list(
            @QueryParam("external_id") @Nullable String externalId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return views.operations(externalId, limit, cursor);
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public Response operation(@PathParam("id") UUID id) throws SQLException {
        ObjectNode operation = views.operation(id);
        return Requests.tagged(Response.ok(operation), operation);
    }

    @GET
    @Path("/{id}/history")
    @PermitAll
    public JsonNode history(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return views.historyOfOperation(id, limit, cursor);
    }
}
