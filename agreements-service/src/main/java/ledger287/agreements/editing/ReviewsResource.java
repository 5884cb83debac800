package ledger287.agreements.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Positions;
import ledger287.agreements.publication.Images;
import ledger287.agreements.request.Given;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.ReviewDecisions;
import ledger287.service.paging.Page;
import org.jspecify.annotations.Nullable;

/** What the ledger is not certain of, for a person to decide. */
@Path("/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ReviewsResource {
    private final Ledger ledger;
    private final Things things;
    private final Editing editing;
    private final EditorsRequest requests;

    ReviewsResource(Ledger ledger, Things things, Editing editing, EditorsRequest requests) {
        this.ledger = ledger;
        this.things = things;
        this.editing = editing;
        this.requests = requests;
    }

    /**
     * An editor's answer.
     *
     * @param choice {@code same_as}, {@code unlisted} or {@code as_listed}
     * @param candidateId the candidate that continues the subject, with {@code same_as}
     */
    public record ReviewAnswer(
            @Nullable String choice,
            @Nullable UUID candidateId,
            @Nullable String reason,
            @Nullable String sourceUrl) implements EditorsRequest.Reasoned {}

    @GET
    @PermitAll
    public Page<ObjectNode> reviews(
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        Review.Status only = Given.codeOrNull("status", status, Review.Status.values(), Review.Status::code);
        long after = Page.after(cursor);
        int most = Page.limit(limit);
        return ledger.read(view -> page(List.copyOf(view.roster().reviews()), only, after, most, view.position()));
    }

    /** The cursor counts all reviews, not only those asked for: deciding one meanwhile does not move the others. */
    private static Page<ObjectNode> page(
            List<Review> all, Review.@Nullable Status only, long after, int limit, long position) {
        List<ObjectNode> items = new ArrayList<>();
        int at = (int) Math.min(after, all.size());
        while (at < all.size() && items.size() < limit) {
            Review review = all.get(at++);
            if (only == null || review.status() == only) {
                items.add(Images.write(review));
            }
        }
        int count = (int) all.stream()
                .filter(review -> only == null || review.status() == only)
                .count();
        boolean more = all.stream().skip(at).anyMatch(review -> only == null || review.status() == only);
        return new Page<>(items, count, more ? Page.cursorAfter(at) : null, Positions.text(position));
    }

    @GET
    @Path("/{id}")
    @PermitAll
    public Response review(@PathParam("id") UUID id, @Context Request request) throws SQLException {
        return things.read(subject(id), request);
    }

    @POST
    @Path("/{id}/decision")
    @RolesAllowed("editor")
    public Response decide(
            @PathParam("id") UUID id,
            @Nullable ReviewAnswer body,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SQLException {
        ReviewAnswer given = EditorsRequest.required(body);
        Fact.Editor editor = EditorsRequest.editor(caller, given);
        Review.Choice choice = Given.code("choice", given.choice(), Review.Choice.values(), Review.Choice::code);
        return requests.respond(editing.change(
                requests.command(caller, key, "decision", id.toString(), given),
                subject(id),
                ifMatch,
                (roster, now) -> ReviewDecisions.decide(roster, id, choice, given.candidateId(), editor, now)));
    }

    private static Subject subject(UUID id) {
        return new Subject(Subject.Kind.REVIEW, id);
    }
}
