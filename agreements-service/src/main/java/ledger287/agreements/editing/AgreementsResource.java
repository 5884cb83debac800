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
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Corrections;
import ledger287.agreements.roster.DocumentedAgreements;
import ledger287.agreements.roster.Endings;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Retractions;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import ledger287.service.command.IdSource;
import org.jspecify.annotations.Nullable;

/** Agreements, and what editors record of them. Dates may be given as far as they are known: to the day, month or year. */
@Path("/v1/agreements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AgreementsResource {
    private final Things things;
    private final Editing editing;
    private final EditorsRequest requests;
    private final DocumentedHistory history;
    private final IdSource ids;

    AgreementsResource(
            Things things, Editing editing, EditorsRequest requests, DocumentedHistory history, IdSource ids) {
        this.things = things;
        this.editing = editing;
        this.requests = requests;
        this.history = history;
        this.ids = ids;
    }

    /**
     * How an agreement ended.
     *
     * @param on the date as far as it is known; absent when unknown
     * @param notBefore earliest possible day of an unknown date
     * @param notAfter latest possible day of an unknown date
     * @param by {@code ice}, {@code agency}, {@code law}, {@code superseded} or {@code unknown}
     */
    public record Termination(
            @Nullable String on,
            @Nullable String notBefore,
            @Nullable String notAfter,
            @Nullable String by,
            @Nullable String reason,
            @Nullable String sourceUrl)
            implements EditorsRequest.Reasoned {

        Agreement.Ending ending() {
            PartialDate date = PartialDate.of("on", on);
            return new Agreement.Ending(
                    date.firstDay(),
                    date.precision(),
                    PartialDate.day("not_before", notBefore),
                    PartialDate.day("not_after", notAfter),
                    Given.code("by", by, Agreement.Ending.By.values(), Agreement.Ending.By::code),
                    Given.address("source_url", sourceUrl));
        }
    }

    /** Values to put in place of what the ledger read; absent ones stay as they are. */
    public record Correction(
            @Nullable String state,
            @Nullable String agencyType,
            @Nullable String county,
            @Nullable String supportType,
            @Nullable String signedOn,
            @Nullable String reason,
            @Nullable String sourceUrl)
            implements EditorsRequest.Reasoned {

        Corrections.Values values() {
            PartialDate signed = PartialDate.of("signed_on", signedOn);
            return new Corrections.Values(
                    Given.codeOrNull("state", state, State.values(), State::code),
                    Given.codeOrNull("agency_type", agencyType, AgencyType.values(), AgencyType::code),
                    Given.textOrNull("county", county),
                    Given.codeOrNull("support_type", supportType, SupportType.values(), SupportType::code),
                    signed.firstDay(),
                    signed.firstDay() == null ? null : signed.precision());
        }
    }

    /** Why something is taken back. */
    public record Retraction(
            @Nullable String reason, @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    /** An agreement of the past, known from a document; no workbook lists it. */
    public record DocumentedAgreement(
            @Nullable String state,
            @Nullable String agencyName,
            @Nullable String agencyType,
            @Nullable String county,
            @Nullable String supportType,
            @Nullable String signedOn,
            @Nullable Termination ended,
            @Nullable String reason,
            @Nullable String sourceUrl)
            implements EditorsRequest.Reasoned {

        DocumentedAgreements.Document document() {
            if (ended == null) {
                throw Given.invalid(
                        "ended",
                        "'ended' is needed: only agreements of the past are recorded from documents; those in force are"
                                + " in ICE's workbooks.",
                        null);
            }
            PartialDate signed = PartialDate.of("signed_on", signedOn);
            return new DocumentedAgreements.Document(
                    Given.code("state", state, State.values(), State::code),
                    Given.text("agency_name", agencyName),
                    Given.codeOrNull("agency_type", agencyType, AgencyType.values(), AgencyType::code),
                    Given.textOrNull("county", county),
                    Given.codeOrNull("support_type", supportType, SupportType.values(), SupportType::code),
                    signed.firstDay(),
                    signed.precision(),
                    ended.ending());
        }
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public Response agreement(@PathParam("id") UUID id, @Context Request request) throws SQLException {
        return things.read(subject(id), request);
    }

    @POST
    @RolesAllowed("editor")
    public Response record(
            @Nullable DocumentedAgreement body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key)
            throws SQLException {
        DocumentedAgreement given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        DocumentedAgreements.Document document = given.document();
        return requests.respond(editing.create(
                requests.command(caller, key, "documented-agreement", "", given),
                (roster, now) -> DocumentedAgreements.record(roster, document, ids::next, editor, now)));
    }

    @POST
    @Path("/documented-history")
    @RolesAllowed("editor")
    @Consumes(MediaType.WILDCARD)
    public Response recordHistory(@Context SecurityContext caller, @HeaderParam("Idempotency-Key") @Nullable String key)
            throws SQLException {
        return requests.respond(
                editing.create(requests.command(caller, key, "documented-history", "", ""), history.by(caller)));
    }

    @POST
    @Path("/{id}/termination")
    @RolesAllowed("editor")
    public Response terminate(
            @PathParam("id") UUID id,
            @Nullable Termination body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Termination given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        Agreement.Ending ending = given.ending();
        return requests.respond(editing.change(
                requests.command(caller, key, "termination", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Endings.end(roster, id, ending, editor, now)));
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
        Corrections.Values values = given.values();
        return requests.respond(editing.change(
                requests.command(caller, key, "correction", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Corrections.correct(roster, id, values, editor, now)));
    }

    @POST
    @Path("/{id}/retraction")
    @RolesAllowed("editor")
    public Response retract(
            @PathParam("id") UUID id,
            @Nullable Retraction body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        Retraction given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        return requests.respond(editing.change(
                requests.command(caller, key, "agreement-retraction", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> Retractions.retractAgreement(roster, id, editor, now)));
    }

    private static Subject subject(UUID id) {
        return new Subject(Subject.Kind.AGREEMENT, id);
    }
}
