package ledger287.service.publication;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import ledger287.eventstore.Publisher;
import ledger287.eventstore.PublisherStatus;

/** How the publication stands, and the operator's word to begin it anew. */
@Path("/v1/publisher")
@Produces(MediaType.APPLICATION_JSON)
public final class PublisherResource {
    private final Publisher publisher;

    PublisherResource(Publisher publisher) {
        this.publisher = publisher;
    }

    @GET
    @PermitAll
    public State state() {
        return State.of(publisher.status());
    }

    /** Takes effect in whichever instance publishes, within seconds. */
    @POST
    @Path("/republication")
    @RolesAllowed("admin")
    public Response republish() throws SQLException {
        publisher.republishFromStart();
        return Response.accepted(State.of(publisher.status())).build();
    }

    /**
     * How the publication stands.
     *
     * @param degraded whether events cannot be published at present
     * @param message what is the matter and what to do
     * @param lagEvents events of the log that are not known to be on the topic
     */
    public record State(
            String state, boolean degraded, String message, long publishedPosition, long lagEvents, Instant since) {
        static State of(PublisherStatus status) {
            return new State(
                    status.state().name().toLowerCase(Locale.ROOT),
                    PublisherLifecycle.isDegraded(status),
                    status.message(),
                    status.publishedPosition(),
                    status.lagEvents(),
                    status.since());
        }
    }
}
