package ledger287.reporting.roster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.export.CsvTable;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Agreements, agencies and applications: as lists, one by one, and with the history and the receipts of each. */
@Singleton
@Path("/v1")
@PermitAll
@Tag(name = "reading")
public final class RosterResource {
    private static final String LIST =
            "Parameters: state, region, model, agency_type, agency_id, listed, status, q, sort,"
                    + " as_of, on, position, limit, cursor, min_position, wait. As CSV the list is whole, never paged.";

    private final Questions questions;
    private final Answers answers;

    RosterResource(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    @GET
    @Path("agreements")
    @Operation(
            summary = "Agreements; those that count in the headline, unless listed or status say otherwise",
            description = LIST)
    public Response agreements(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return list(new AgreementList(), uri, headers);
    }

    @GET
    @Path("agencies")
    @Operation(summary = "Agencies; those that count in the headline, unless listed says otherwise", description = LIST)
    public Response agencies(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return list(new AgencyList(), uri, headers);
    }

    @GET
    @Path("applications")
    @Operation(
            summary = "Applications; those in the newest pending workbook, unless listed or status say otherwise",
            description = LIST)
    public Response applications(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        return list(new ApplicationList(), uri, headers);
    }

    @GET
    @Path("agreements/{id}")
    @Operation(summary = "One agreement")
    public Response agreement(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return single("agreement", id, uri, headers);
    }

    @GET
    @Path("agencies/{id}")
    @Operation(summary = "One agency")
    public Response agency(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return single("agency", id, uri, headers);
    }

    @GET
    @Path("applications/{id}")
    @Operation(summary = "One application")
    public Response application(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return single("application", id, uri, headers);
    }

    @GET
    @Path("agreements/{id}/history")
    @Operation(summary = "Every event of an agreement, with its receipt: file hash, tab, row, raw cells")
    public Response agreementHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return history("agreement", id, uri, headers);
    }

    @GET
    @Path("agencies/{id}/history")
    @Operation(summary = "Every event of an agency, with its receipt")
    public Response agencyHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return history("agency", id, uri, headers);
    }

    @GET
    @Path("applications/{id}/history")
    @Operation(summary = "Every event of an application, with its receipt")
    public Response applicationHistory(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers)
            throws SQLException, IOException {
        return history("application", id, uri, headers);
    }

    private Response list(RosterList list, UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.askForPage(uri, headers, list.parameters());
        RosterList.Selection selection = list.select(question);
        Question.Page page = question.page();
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ArrayNode items = answer.putArray("items");
                if (!list.known(reading)) {
                    answer.putNull("count");
                    answer.putNull("next_cursor");
                    return;
                }
                long count = selection.count(reading);
                selection.each(reading, page, items::add);
                String next = question.next(page, count);
                answer.put("count", count);
                answer.put("next_cursor", next);
                if (next != null) {
                    answer.put(NEXT, question.pageUrl(next, page));
                }
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws SQLException, IOException {
                table.header(list.columns());
                if (list.known(reading)) {
                    selection.each(reading, null, item -> table.row(list.cells(item)));
                }
            }
        });
    }

    private Response single(String kind, String id, UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Set.of());
        UUID uuid = id(kind, id);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                Optional<ObjectNode> found = SingleThing.find(reading, kind, uuid);
                answer.setAll(found.orElseThrow(() -> nothing(kind, id)));
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws IOException {
                throw new Problem(ProblemType.NOT_ACCEPTABLE, "One thing comes as JSON; its list comes as CSV too.");
            }
        });
    }

    private Response history(String kind, String id, UriInfo uri, HttpHeaders headers)
            throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Set.of());
        UUID uuid = id(kind, id);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ArrayNode items = answer.putArray("items");
                SingleThing.history(reading, kind, uuid).forEach(items::add);
                if (items.isEmpty()) {
                    throw nothing(kind, id);
                }
                answer.put("count", items.size());
                answer.putNull("next_cursor");
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws IOException {
                throw new Problem(ProblemType.NOT_ACCEPTABLE, "A history comes as JSON.");
            }
        });
    }

    private static UUID id(String kind, @Nullable String id) {
        try {
            return UUID.fromString(String.valueOf(id));
        } catch (IllegalArgumentException e) {
            throw nothing(kind, String.valueOf(id));
        }
    }

    private static Problem nothing(String kind, String id) {
        return new Problem(ProblemType.NOT_FOUND, "No %s %s is known at this as_of and position.".formatted(kind, id));
    }
}
