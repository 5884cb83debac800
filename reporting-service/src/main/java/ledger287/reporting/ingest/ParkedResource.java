package ledger287.reporting.ingest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import ledger287.reporting.ingest.Projection.Replay;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;

/** For operators: events that could not be projected. */
@Singleton
@Path("/v1/parked")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
public final class ParkedResource {
    private final Projection projection;

    ParkedResource(Projection projection) {
        this.projection = projection;
    }

    @GET
    public Map<String, Object> list() throws SQLException {
        List<Map<String, Object>> items = projection.parked().stream()
                .map(parked -> Map.<String, Object>of(
                        "parked_id", parked.id(),
                        "log", parked.log(),
                        "position", parked.position(),
                        "position_presumed", !parked.readable(),
                        "subject", parked.subject(),
                        "problem", parked.problem(),
                        "parked_at", parked.parkedAt().toString(),
                        "raw", new String(parked.raw(), StandardCharsets.UTF_8)))
                .toList();
        return Map.of("items", items, "count", items.size());
    }

    @POST
    @Path("{id}/replay")
    public Map<String, Object> replay(@PathParam("id") String id) throws SQLException {
        return switch (projection.replay(id)) {
            case Replay.Replayed replayed -> Map.of("replayed", replayed.events());
            case Replay.NothingParked nothing -> throw notParked(id);
            case Replay.StillFails fails ->
                throw new Problem(
                                ProblemType.STILL_UNREADABLE,
                                "Nothing was changed. Read the problem, install a version that can read the event, and"
                                        + " replay again: " + fails.problem())
                        .with("position", fails.position());
        };
    }

    private static Problem notParked(String id) {
        return new Problem(ProblemType.NOT_FOUND, "Nothing is parked as " + id + ". GET /v1/parked lists what is.");
    }
}
