package ledger287.reporting.webhooks;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import ledger287.reporting.query.Parameters;
import org.jspecify.annotations.Nullable;

/** For subscribers with a key: endpoints of theirs that are told of changes. {@code META-INF/openapi.yaml} describes it. */
@Singleton
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public final class WebhooksResource {
    /** May have webhooks. */
    static final String SUBSCRIBER = "subscriber";

    /** Sees all of them, and may disable any. */
    static final String ADMIN = "admin";

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Webhooks webhooks;

    WebhooksResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @POST
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context SecurityContext caller)
            throws IOException, SQLException {
        Webhooks.Created created =
                webhooks.create(SentFields.read(body, Webhooks.CREATION), caller(caller), idempotencyKey);
        return answer(created.made() ? 201 : 200, created.view())
                .header(HttpHeaders.LOCATION, "/v1/webhooks/" + created.view().id())
                .build();
    }

    @GET
    @RolesAllowed({SUBSCRIBER, ADMIN})
    public Response list(@Context UriInfo uri, @Context SecurityContext caller) throws SQLException {
        Webhooks.Caller who = caller(caller);
        Set<String> known = who.admin() ? Set.of("limit", "cursor", "owner") : Set.of("limit", "cursor");
        return answer(200, webhooks.list(parameters(uri, known), who)).build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    public Response get(@PathParam("id") UUID id, @Context SecurityContext caller) throws SQLException {
        return answer(200, webhooks.get(id, caller(caller))).build();
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed(SUBSCRIBER)
    @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
    public Response change(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        return answer(200, webhooks.change(id, SentFields.read(body, Webhooks.CHANGE), caller(caller)))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(SUBSCRIBER)
    public Response delete(@PathParam("id") UUID id, @Context SecurityContext caller) throws SQLException {
        webhooks.delete(id, caller(caller));
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/deliveries")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    public Response deliveries(@PathParam("id") UUID id, @Context UriInfo uri, @Context SecurityContext caller)
            throws SQLException {
        return answer(200, webhooks.deliveries(id, parameters(uri, Set.of("limit", "cursor")), caller(caller)))
                .build();
    }

    @POST
    @Path("{id}/test")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> test(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields.read(body, Webhooks.NOTHING);
        return webhooks.test(id, caller(caller))
                .thenApply(delivery -> answer(200, delivery).build());
    }

    @POST
    @Path("{id}/replay")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> replay(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields fields = SentFields.read(body, Webhooks.REPLAY);
        if (Webhooks.isForOneEvent(fields)) {
            return webhooks.replayOne(id, fields, caller(caller))
                    .thenApply(delivery -> answer(200, delivery).build());
        }
        return CompletableFuture.completedFuture(
                answer(200, webhooks.replayFrom(id, fields, caller(caller))).build());
    }

    @POST
    @Path("{id}/rotate")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.WILDCARD)
    public Response rotate(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        return answer(200, webhooks.rotate(id, SentFields.read(body, Webhooks.ROTATION), caller(caller)))
                .build();
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.WILDCARD)
    public Response pause(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields.read(body, Webhooks.NOTHING);
        return answer(200, webhooks.pause(id, caller(caller))).build();
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    @Consumes(MediaType.WILDCARD)
    public Response resume(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields.read(body, Webhooks.NOTHING);
        return answer(200, webhooks.resume(id, caller(caller))).build();
    }

    @POST
    @Path("{id}/disable")
    @RolesAllowed(ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response disable(@PathParam("id") UUID id, InputStream body) throws IOException, SQLException {
        return answer(200, webhooks.disable(id, SentFields.read(body, Webhooks.DISABLING)))
                .build();
    }

    private static Parameters parameters(UriInfo uri, Set<String> known) {
        return new Parameters(uri.getRequestUri().getRawQuery(), known);
    }

    private static Webhooks.Caller caller(SecurityContext caller) {
        return new Webhooks.Caller(caller.getUserPrincipal().getName(), caller.isUserInRole(ADMIN));
    }

    /** Secrets, and what only one owner may see: nothing for a cache. */
    private static Response.ResponseBuilder answer(int status, Object entity) {
        return Response.status(status).entity(entity).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
