package ledger287.reporting.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Set;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Parameters;
import org.jspecify.annotations.Nullable;

/** For operators: files of the Census Bureau, without which coverage cannot be told. */
@Singleton
@Path("/v1/reference")
@Produces(MediaType.APPLICATION_JSON)
public final class ReferenceResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReferenceLoads loads;

    ReferenceResource(ReferenceLoads loads) {
        this.loads = loads;
    }

    @GET
    @PermitAll
    public Response list(@Context UriInfo uri) throws SQLException {
        var unused = new Parameters(uri.getRequestUri().getRawQuery(), Set.of());
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (Load load : loads.all()) {
            load.put(items.addObject());
        }
        answer.put("count", items.size());
        return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    @POST
    @RolesAllowed("admin")
    @Consumes(MediaType.WILDCARD)
    public Response load(
            byte[] body,
            @HeaderParam("X-File-Name") @Nullable String fileName,
            @Context UriInfo uri,
            @Context SecurityContext caller)
            throws SQLException {
        Parameters parameters = new Parameters(uri.getRequestUri().getRawQuery(), Set.of("vintage"));
        int vintage = parameters.text("vintage").isPresent() ? parameters.number("vintage", 1990, 2100, 0) : 0;
        String name = fileName == null || fileName.isBlank() ? "unnamed" : fileName.strip();
        ReferenceLoads.Outcome outcome;
        try {
            ReferenceFile file =
                    ReferenceFile.read(body, name, vintage == 0 ? OptionalInt.empty() : OptionalInt.of(vintage));
            outcome = loads.load(body, name, file, caller.getUserPrincipal().getName());
        } catch (ReferenceFile.Unreadable e) {
            throw new Problem(ProblemType.REFERENCE_UNREADABLE, String.valueOf(e.getMessage()));
        }
        ObjectNode answer = JSON.createObjectNode();
        outcome.load().put(answer);
        answer.put("already_loaded", outcome.already());
        return Response.status(outcome.already() ? 200 : 201).entity(answer).build();
    }
}
