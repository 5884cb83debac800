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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Every workbook that the ledger rests on, with its hash and what became of it; under {@code /v1/sheets} too, as the
 * service that takes them in calls them.
 */
@Singleton
@Path("/v1")
@PermitAll
@Tag(name = "reading")
public final class SourcesResource {
    private static final String LIST =
            "Parameters: kind (participating, pending), status (imported, held, rejected, retracted), q (in the file's"
                    + " name), as_of, position, limit, cursor, min_position, wait; sort, fields, facet and comparisons of"
                    + " columns as for /v1/agreements, e.g. published_at__gte=2025-06-01. As CSV, NDJSON and Parquet the"
                    + " list is whole, never paged.";

    private final ThingAnswers answers;

    SourcesResource(ThingAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Path("sources")
    @Operation(
            summary = "Every workbook, oldest first, with hash, publication and the report of its import",
            description = LIST)
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new SheetList(), uri, headers);
    }

    @GET
    @Path("sheets")
    @Operation(summary = "The same as /v1/sources", description = LIST)
    public Response sheets(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return list(uri, headers);
    }

    @GET
    @Path("sources/{id}")
    @Operation(summary = "One workbook, with the report of its import")
    public Response one(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("sheet", id, uri, headers, SheetList.RECORDED);
    }

    @GET
    @Path("sheets/{id}")
    @Operation(summary = "The same as /v1/sources/{id}")
    public Response sheet(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return one(id, uri, headers);
    }

    @GET
    @Path("sources/{id}/history")
    @Operation(summary = "Every event of a workbook: taken in, held, released, rejected, retracted")
    public Response history(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("sheet", id, uri, headers);
    }

    @GET
    @Path("sheets/{id}/history")
    @Operation(summary = "The same as /v1/sources/{id}/history")
    public Response sheetHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return history(id, uri, headers);
    }
}
