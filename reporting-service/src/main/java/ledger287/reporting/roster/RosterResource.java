package ledger287.reporting.roster;

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

/** Agreements, agencies and applications: as lists, one by one, and with the history and the receipts of each. */
@Singleton
@Path("/v1")
@PermitAll
@Tag(name = "reading")
public final class RosterResource {
    private static final String LIST =
            "Parameters: state, region, model, agency_type, agency_id, listed, status, q, as_of, on, position, limit,"
                    + " cursor, min_position, wait; sort: columns, separated by commas, each with - before it to begin with"
                    + " the greatest; fields: columns to answer with; facet: columns to count by, as JSON alone; every"
                    + " column with what it is compared by: __in, __ne, __isnull, and __gt, __gte, __lt, __lte for days,"
                    + " times and numbers, e.g. signed_on__gte=2025-01-20. Columns: /v1/dictionary. As CSV, NDJSON and"
                    + " Parquet the list is whole, never paged.";

    private final ThingAnswers answers;
    private final Fips fips;

    RosterResource(ThingAnswers answers, Fips fips) {
        this.answers = answers;
        this.fips = fips;
    }

    @GET
    @Path("agreements")
    @Operation(
            summary = "Agreements; those that count in the headline, unless listed or status say otherwise",
            description = LIST)
    public Response agreements(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new AgreementList(fips), uri, headers);
    }

    @GET
    @Path("agencies")
    @Operation(summary = "Agencies; those that count in the headline, unless listed says otherwise", description = LIST)
    public Response agencies(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new AgencyList(fips), uri, headers);
    }

    @GET
    @Path("applications")
    @Operation(
            summary = "Applications; those in the newest pending workbook, unless listed or status say otherwise",
            description = LIST)
    public Response applications(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new ApplicationList(fips), uri, headers);
    }

    @GET
    @Path("agreements/{id}")
    @Operation(summary = "One agreement")
    public Response agreement(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("agreement", id, uri, headers, fips);
    }

    @GET
    @Path("agencies/{id}")
    @Operation(summary = "One agency")
    public Response agency(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("agency", id, uri, headers, fips);
    }

    @GET
    @Path("applications/{id}")
    @Operation(summary = "One application")
    public Response application(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("application", id, uri, headers, fips);
    }

    @GET
    @Path("agreements/{id}/history")
    @Operation(summary = "Every event of an agreement, with its receipt: file hash, tab, row, raw cells")
    public Response agreementHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("agreement", id, uri, headers);
    }

    @GET
    @Path("agencies/{id}/history")
    @Operation(summary = "Every event of an agency, with its receipt")
    public Response agencyHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("agency", id, uri, headers);
    }

    @GET
    @Path("applications/{id}/history")
    @Operation(summary = "Every event of an application, with its receipt")
    public Response applicationHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("application", id, uri, headers);
    }
}
