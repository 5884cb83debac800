package ledger287.reporting.sources;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import ledger287.reporting.lists.ThingAnswers;

/**
 * Every workbook that the ledger rests on, with its hash and what became of it; under {@code /v1/sheets} too, as the
 * service that takes them in calls them.
 */
@Singleton
@Path("/v1")
@PermitAll
public final class SourcesResource {
    private final ThingAnswers answers;

    SourcesResource(ThingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Path("sources")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new SheetList(), uri, headers);
    }

    @GET
    @Path("sheets")
    public Response sheets(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return list(uri, headers);
    }

    @GET
    @Path("sources/{id}")
    public Response one(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("sheet", id, uri, headers, SheetList.RECORDED);
    }

    @GET
    @Path("sheets/{id}")
    public Response sheet(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return one(id, uri, headers);
    }

    @GET
    @Path("sources/{id}/history")
    public Response history(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("sheet", id, uri, headers);
    }

    @GET
    @Path("sheets/{id}/history")
    public Response sheetHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return history(id, uri, headers);
    }
}
