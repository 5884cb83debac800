package ledger287.reporting.dashboard;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The dashboard: pages that need no script, and come alive with one. */
@Singleton
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public final class Pages {
    private static final String POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors ";

    private final Template page;
    private final Template embed;
    private final Template failure;
    private final Languages languages;
    private final PublicApi api;
    private final Overview overview;
    private final Catalogue catalogue;
    private final Logs logs;
    private final Workbooks workbooks;
    private final Figures figures;
    private final Revisions revisions;
    private final RecentChanges changes;
    private final String publicUrl;
    private final long heartbeatMillis;

    Pages(
            @Location("dashboard/page.html") Template page,
            @Location("dashboard/embed.html") Template embed,
            @Location("dashboard/failure.html") Template failure,
            Languages languages,
            PublicApi api,
            Overview overview,
            Catalogue catalogue,
            Logs logs,
            Workbooks workbooks,
            Figures figures,
            Revisions revisions,
            RecentChanges changes,
            @ConfigProperty(name = "ledger287.reporting.public-url") String publicUrl,
            @ConfigProperty(name = "ledger287.reporting.stream.heartbeat") Duration heartbeat) {
        this.page = page;
        this.embed = embed;
        this.failure = failure;
        this.languages = languages;
        this.api = api;
        this.overview = overview;
        this.catalogue = catalogue;
        this.logs = logs;
        this.workbooks = workbooks;
        this.figures = figures;
        this.revisions = revisions;
        this.changes = changes;
        this.heartbeatMillis = heartbeat.toMillis();
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** Makes a page for a visit. */
    private interface Maker {
        PageModel make(Visit visit) throws SQLException, IOException;
    }

    @GET
    public Response front(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, overview::whole);
    }

    @GET
    @Path("states")
    public Response states(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return answer(uri, headers, overview::states);
    }

    @GET
    @Path("states/{code}")
    public Response state(@PathParam("code") String code, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> overview.state(visit, code));
    }

    @GET
    @Path("{kind: agencies|agreements|applications}")
    public Response list(@PathParam("kind") String kind, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> catalogue.list(visit, kind));
    }

    @GET
    @Path("agencies/{id}")
    public Response agency(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> new Subjects(visit)
                .agency(
                        id,
                        changes.reviews(
                                visit.api().question(visit.momentKnown()).moment(), id)));
    }

    @GET
    @Path("agreements/{id}")
    public Response agreement(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> new Subjects(visit).agreement(id));
    }

    @GET
    @Path("applications/{id}")
    public Response application(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> new Subjects(visit).application(id));
    }

    @GET
    @Path("pending")
    public Response pending(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, catalogue::pending);
    }

    @GET
    @Path("operations")
    public Response operations(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, catalogue::operations);
    }

    @GET
    @Path("operations/{id}")
    public Response operation(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> new Subjects(visit).operation(id));
    }

    @GET
    @Path("changes")
    public Response changes(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, logs::changes);
    }

    @GET
    @Path("corrections")
    public Response corrections(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, logs::corrections);
    }

    @GET
    @Path("imports")
    public Response imports(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, workbooks::imports);
    }

    @GET
    @Path("imports/{id}")
    public Response sheet(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> workbooks.sheet(visit, id));
    }

    @GET
    @Path("importer")
    public Response importer(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, workbooks::importer);
    }

    @GET
    @Path("methods")
    public Response methods(@Context UriInfo uri, @Context HttpHeaders headers) throws IOException {
        return answer(uri, headers, catalogue::methods);
    }

    @GET
    @Path("figures/{name: [a-z]+}")
    public Response figure(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        return answer(uri, headers, visit -> {
            Block.Figure figure = figures.figure(name, visit, visit.own());
            return new PageModel(
                    visit.words().of("Figure"),
                    Rich.of(figure.title()),
                    List.of(figure, new Block.Citation(figure.citation(), figure.frozen())));
        });
    }

    @GET
    @Path("figures/{name: [a-z]+}.svg")
    @Produces("image/svg+xml")
    public Response drawing(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        Visit visit = visit(uri, headers);
        Block.Figure figure = figures.figure(name, visit, visit.own());
        String drawing = "narrow".equals(visit.parameter("size")) ? figure.narrow() : figure.wide();
        if (drawing.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND, "There is nothing to draw at this moment.");
        }
        return Response.ok(Drawings.alone(visit, figure, drawing))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Feed-Position", visit.position())
                .header("Access-Control-Allow-Origin", "*")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header(
                        "Content-Disposition",
                        "inline; filename=\"ledger287-%s-%s.svg\"".formatted(name, visit.position()))
                .build();
    }

    /** A figure alone, to be shown in anybody's page. */
    @GET
    @Path("embed/{name: [a-z]+}")
    public Response embedded(@PathParam("name") String name, @Context UriInfo uri, @Context HttpHeaders headers)
            throws IOException {
        Words words = words(uri, headers);
        try {
            Visit visit = visit(uri, headers);
            Block.Figure figure = figures.figure(name, visit, visit.own());
            String html = embed.data("w", words)
                    .data("heartbeat", heartbeatMillis)
                    .data("b", figure)
                    .data("frame", Frames.of(visit, revisions.since(visit)))
                    .render();
            return html(Response.ok(html), visit, "*").build();
        } catch (Problem | SQLException e) {
            return failure(Problem.of(e), words, "*");
        }
    }

    private Response answer(UriInfo uri, HttpHeaders headers, Maker maker) throws IOException {
        Words words = words(uri, headers);
        try {
            Visit visit = visit(uri, headers);
            PageModel model = maker.make(visit);
            String html = page.data("w", words)
                    .data("heartbeat", heartbeatMillis)
                    .data("frame", Frames.of(visit, revisions.since(visit)))
                    .data("kicker", Optional.ofNullable(model.kicker()).orElse(""))
                    .data("title", model.title())
                    .data("blocks", model.blocks())
                    .render();
            Response.ResponseBuilder response = html(Response.ok(html), visit, "'none'");
            if ("/importer".equals(visit.path())) {
                response.header("Content-Security-Policy", null)
                        .header(
                                "Content-Security-Policy",
                                POLICY + "'none'; connect-src 'self' " + workbooks.agreementsUrl());
            }
            return response.build();
        } catch (Problem | SQLException e) {
            return failure(Problem.of(e), words, "'none'");
        }
    }

    /** A page that says why there is none: what was asked for is not there, or the database does not answer. */
    private Response failure(Problem problem, Words words, String framing) {
        String html = failure.data("w", words)
                .data("status", problem.type().status())
                .data("meaning", meaning(problem))
                .data("said", Optional.ofNullable(problem.getMessage()).orElse(""))
                .render();
        return Response.status(problem.type().status())
                .entity(html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY + framing)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** What the problem means to a reader, who knows nothing of parameters. */
    private static String meaning(Problem problem) {
        return switch (problem.type().status()) {
            case 400 -> "The address asks for something that cannot be asked.";
            case 404, 410 -> "There is nothing here, or not at the moment that the address names.";
            case 503 -> "The ledger is busy or not ready. Try again in a moment.";
            default -> "The ledger cannot answer this.";
        };
    }

    private static Response.ResponseBuilder html(Response.ResponseBuilder response, Visit visit, String framing) {
        return response.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CONTENT_LANGUAGE, visit.words().language())
                .header("Feed-Position", visit.position())
                .header("Content-Security-Policy", POLICY + framing)
                .header("Referrer-Policy", "no-referrer");
    }

    private Words words(UriInfo uri, HttpHeaders headers) {
        return languages.choose(uri.getQueryParameters().getFirst("lang"), headers.getAcceptableLanguages());
    }

    private Visit visit(UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        return Visit.begin(
                api,
                words(uri, headers),
                uri.getAbsolutePath().getPath(),
                Query.parse(uri.getRequestUri().getRawQuery()),
                publicUrl);
    }
}
