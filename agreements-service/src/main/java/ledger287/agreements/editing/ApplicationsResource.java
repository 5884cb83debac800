package ledger287.agreements.editing;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.UUID;
import ledger287.agreements.roster.Endings;
import ledger287.agreements.roster.Fact;
import org.jspecify.annotations.Nullable;

/** Applications, and that one came to nothing, which only a document can say. */
@Path("/v1/applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ApplicationsResource {
    private final Things things;
    private final Editing editing;
    private final EditorsRequest requests;

    ApplicationsResource(Things things, Editing editing, EditorsRequest requests) {
        this.things = things;
        this.editing = editing;
        this.requests = requests;
    }

    /** Why an application is said to have lapsed. */
    public record Lapse(@Nullable String reason, @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    @GET
    @Path("/{id}")
    @PermitAll
    public Response application(@PathParam("id") UUID id, @Context Request request) throws SQLException {
        return things.read(subject(id), request);
    }

    @POST
    @Path("/{id}/lapse")
    @RolesAllowed("editor")
    public Response lapse(
            @PathParam("id") UUID id,
            @Nullable Lapse body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Lapse given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        return requests.respond(editing.change(
                requests.command(caller, key, "lapse", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Endings.lapse(roster, id, editor, now)));
    }

    private static Subject subject(UUID id) {
        return new Subject(Subject.Kind.APPLICATION, id);
    }
}
