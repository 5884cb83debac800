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
import ledger287.agreements.request.Given;
import ledger287.agreements.roster.Agencies;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/** Agencies, and what editors say of them. */
@Path("/v1/agencies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AgenciesResource {
    private final Things things;
    private final Editing editing;
    private final EditorsRequest requests;

    AgenciesResource(Things things, Editing editing, EditorsRequest requests) {
        this.things = things;
        this.editing = editing;
        this.requests = requests;
    }

    /**
     * One more name of the same body.
     *
     * @param state of that name; absent for the agency's own
     */
    public record Alias(
            @Nullable String name,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    /**
     * That two agencies are one.
     *
     * @param into the agency that stays
     */
    public record Merge(
            @Nullable UUID into,
            @Nullable String reason,
            @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    /** Values to put in place; absent ones stay as they are. */
    public record Correction(
            @Nullable String agencyType,
            @Nullable String county,
            @Nullable String reason,
            @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    @GET
    @Path("/{id}")
    @PermitAll
    public Response agency(@PathParam("id") UUID id, @Context Request request) throws SQLException {
        return things.read(subject(id), request);
    }

    @POST
    @Path("/{id}/alias")
    @RolesAllowed("editor")
    public Response addAlias(
            @PathParam("id") UUID id,
            @Nullable Alias body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Alias given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        String name = Given.text("name", given.name());
        State state = Given.codeOrNull("state", given.state(), State.values(), State::code);
        return requests.respond(editing.change(
                requests.command(caller, key, "alias", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Agencies.addAlias(
                        roster,
                        id,
                        state == null
                                ? roster.agency(id)
                                        .map(agency -> agency.state())
                                        .orElse(null)
                                : state,
                        name,
                        editor,
                        now)));
    }

    @POST
    @Path("/{id}/merge")
    @RolesAllowed("editor")
    public Response merge(
            @PathParam("id") UUID id,
            @Nullable Merge body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Merge given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        UUID into = given.into();
        if (into == null) {
            throw Given.invalid("into", "'into' is needed: the id of the agency that stays.", null);
        }
        return requests.respond(editing.change(
                requests.command(caller, key, "merge", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Agencies.merge(roster, id, into, editor, now)));
    }

    @POST
    @Path("/{id}/correction")
    @RolesAllowed("editor")
    public Response correct(
            @PathParam("id") UUID id,
            @Nullable Correction body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Correction given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        AgencyType type = Given.codeOrNull("agency_type", given.agencyType(), AgencyType.values(), AgencyType::code);
        String county = Given.textOrNull("county", given.county());
        return requests.respond(editing.change(
                requests.command(caller, key, "agency-correction", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Agencies.correct(roster, id, type, county, editor, now)));
    }

    private static Subject subject(UUID id) {
        return new Subject(Subject.Kind.AGENCY, id);
    }
}
