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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** For subscribers with a key: endpoints of theirs that are told of changes. */
@Singleton
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "subscribing")
@Blocking
public final class WebhooksResource {
    /** May have webhooks. */
    static final String SUBSCRIBER = "subscriber";

    /** Sees all of them, and may disable any. */
    static final String ADMIN = "admin";

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String PROBLEM = "application/problem+json";

    private final Webhooks webhooks;

    WebhooksResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @POST
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createWebhook",
            summary = "Have an endpoint told of changes",
            description = "The endpoint is challenged first: it has to echo a token (docs/webhooks.md). Then it is sent"
                    + " every change after the cursor that the filters take, one after the other in the order of the"
                    + " change log, signed after Standard Webhooks 1.0. The secret is shown in this answer only.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NewWebhook.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made; the endpoint will be challenged at once",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Made before, by the same request with the same Idempotency-Key",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field is unknown or cannot be used; `parameter` names it",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "409",
            description = "Webhooks are not set up here",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "410",
            description = "The cursor belongs to an earlier change log",
            content = @Content(mediaType = PROBLEM))
    @APIResponse(
            responseCode = "422",
            description = "The Idempotency-Key belongs to another request, or there are too many webhooks",
            content = @Content(mediaType = PROBLEM))
    public Response create(
            InputStream body,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "The same key with the same body: the same webhook, and its secret again")
                    @Nullable
                    String idempotencyKey,
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
    @Operation(
            operationId = "listWebhooks",
            summary = "Your webhooks; for an administrator, everybody's",
            description = "By id. next_cursor is null on the last page.")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "owner",
            in = ParameterIn.QUERY,
            description = "For administrators: only those of this key's name",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.Page.class)))
    public Response list(@Context UriInfo uri, @Context SecurityContext caller) throws SQLException {
        Webhooks.Caller who = caller(caller);
        Set<String> known = who.admin() ? Set.of("limit", "cursor", "owner") : Set.of("limit", "cursor");
        return answer(200, webhooks.list(parameters(uri, known), who)).build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    @Operation(operationId = "getWebhook", summary = "A webhook: its state, and how far it has come")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    public Response get(@PathParam("id") UUID id, @Context SecurityContext caller) throws SQLException {
        return answer(200, webhooks.get(id, caller(caller))).build();
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed(SUBSCRIBER)
    @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
    @Operation(
            operationId = "changeWebhook",
            summary = "Change the address, the filters or the description of a webhook",
            description = "What is given is changed; filters are replaced as a whole. Another address is challenged"
                    + " before it is sent anything. The cursor stays: to send anew what other filters take, replay.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = NewWebhook.Changes.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "400", content = @Content(mediaType = PROBLEM))
    @APIResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    public Response change(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        return answer(200, webhooks.change(id, SentFields.read(body, Webhooks.CHANGE), caller(caller)))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(SUBSCRIBER)
    @Operation(
            operationId = "deleteWebhook",
            summary = "Delete a webhook with its log",
            description = "A message that is under way may still arrive.")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    public Response delete(@PathParam("id") UUID id, @Context SecurityContext caller) throws SQLException {
        webhooks.delete(id, caller(caller));
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/deliveries")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What was tried, newest first",
            description = "Of each webhook the newest thousand attempts are kept.")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeliveryView.Page.class)))
    @APIResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    public Response deliveries(@PathParam("id") UUID id, @Context UriInfo uri, @Context SecurityContext caller)
            throws SQLException {
        return answer(200, webhooks.deliveries(id, parameters(uri, Set.of("limit", "cursor")), caller(caller)))
                .build();
    }

    @POST
    @Path("{id}/test")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "testWebhook",
            summary = "Send a message of the type webhook.test now, once",
            description = "The answer says what came of it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeliveryView.class)))
    @APIResponse(
            responseCode = "409",
            description = "The endpoint has not echoed a challenge yet, or the webhook is disabled",
            content = @Content(mediaType = PROBLEM))
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
    @Operation(
            operationId = "replayWebhook",
            summary = "Go on from another cursor, or send one event again",
            description = "cursor or since: everything after it that the filters take is sent again, in order; the"
                    + " answer is the webhook. event_id: that event is sent now, once, beside the order; the answer is"
                    + " the delivery. Events keep their ids, so that a receiver drops what it has.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NewWebhook.Replay.class)))
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {WebhookView.class, DeliveryView.class})))
    @APIResponse(responseCode = "400", content = @Content(mediaType = PROBLEM))
    @APIResponse(responseCode = "409", content = @Content(mediaType = PROBLEM))
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
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "A new secret, shown in this answer only",
            description = "For overlap_hours (24 unless said otherwise; 0 to 168) every message is signed with both.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NewWebhook.Rotation.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "409",
            description = "A rotation's overlap is not over yet; overlap_hours: 0 ends it",
            content = @Content(mediaType = PROBLEM))
    public Response rotate(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        return answer(200, webhooks.rotate(id, SentFields.read(body, Webhooks.ROTATION), caller(caller)))
                .build();
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(SUBSCRIBER)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "pauseWebhook",
            summary = "Send nothing until it is resumed",
            description = "The cursor stays, so nothing is lost.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Response pause(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields.read(body, Webhooks.NOTHING);
        return answer(200, webhooks.pause(id, caller(caller))).build();
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed({SUBSCRIBER, ADMIN})
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "resumeWebhook",
            summary = "Go on where it stands, at once",
            description = "Also ends the waiting after failures, and challenges an endpoint that was not verified.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "403",
            description = "An administrator has disabled it",
            content = @Content(mediaType = PROBLEM))
    public Response resume(@PathParam("id") UUID id, InputStream body, @Context SecurityContext caller)
            throws IOException, SQLException {
        SentFields.read(body, Webhooks.NOTHING);
        return answer(200, webhooks.resume(id, caller(caller))).build();
    }

    @POST
    @Path("{id}/disable")
    @RolesAllowed(ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "disableWebhook",
            summary = "For administrators: send nothing until an administrator resumes it",
            description = "Body: {reason}, which the owner reads.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NewWebhook.Disabling.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookView.class)))
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
