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

/** Agreements, agencies and applications: as lists, one by one, and with the history and the receipts of each. */
@Singleton
@Path("/v1")
@PermitAll
public final class RosterResource {
    private final ThingAnswers answers;
    private final Fips fips;

    RosterResource(ThingAnswers answers, Fips fips) {
        this.answers = answers;
        this.fips = fips;
    }

    @GET
    @Path("agreements")
    public Response agreements(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new AgreementList(fips), uri, headers);
    }

    @GET
    @Path("agencies")
    public Response agencies(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new AgencyList(fips), uri, headers);
    }

    @GET
    @Path("applications")
    public Response applications(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answers.list(new ApplicationList(fips), uri, headers);
    }

    @GET
    @Path("agreements/{id}")
    public Response agreement(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("agreement", id, uri, headers, fips);
    }

    @GET
    @Path("agencies/{id}")
    public Response agency(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("agency", id, uri, headers, fips);
    }

    @GET
    @Path("applications/{id}")
    public Response application(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.single("application", id, uri, headers, fips);
    }

    @GET
    @Path("agreements/{id}/history")
    public Response agreementHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("agreement", id, uri, headers);
    }

    @GET
    @Path("agencies/{id}/history")
    public Response agencyHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("agency", id, uri, headers);
    }

    @GET
    @Path("applications/{id}/history")
    public Response applicationHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return answers.history("application", id, uri, headers);
    }
}
