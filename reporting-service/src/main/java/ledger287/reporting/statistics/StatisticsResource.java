package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.export.CsvTable;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Cumulative statistics: for the whole, and for each state. */
@Singleton
@Path("/v1/statistics")
@PermitAll
@Tag(name = "statistics")
public final class StatisticsResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PARAMETERS = parameters();

    private final Questions questions;
    private final Answers answers;

    StatisticsResource(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    @GET
    @Path("headline")
    @Operation(
            summary = "The figures that stories quote",
            description = "Parameters: since, as_of, on, position, state, region, model, agency_type, agency_id,"
                    + " min_position, wait. Unknown is null, never zero.")
    public Response headline(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, PARAMETERS);
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                Headline.put(question, reading, filters, since, answer);
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws SQLException, IOException {
                ObjectNode answer = JSON.createObjectNode();
                question.describe(answer);
                Headline.put(question, reading, filters, since, answer);
                answer.remove("definitions");
                writeFlat(table, List.of(answer));
            }
        });
    }

    @GET
    @Path("states")
    @Operation(
            summary = "The same measures for each state and territory, those with none included",
            description = "Parameters as for the headline. A row 'unknown' appears when ICE's cell does not tell.")
    public Response states(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, PARAMETERS);
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                ArrayNode items = answer.putArray("items");
                StateTable.rows(reading, filters, since).forEach(items::add);
                answer.put("count", items.size());
                answer.putNull("next_cursor");
                answer.put("since", since.toString());
                answer.put("citation", question.permalink());
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws SQLException, IOException {
                writeFlat(table, StateTable.rows(reading, filters, since));
            }
        });
    }

    @GET
    @Path("series")
    @Operation(
            summary = "How a figure came to be: its value, or its change, for each day, week or month",
            description = "Parameters: measure (agreements, new_agreements, agencies, pending_applications, unlisted,"
                    + " operations, arrests), by (model, state, agency_type, region), interval (day, week, month), basis"
                    + " (signed, listed), cumulative (true, false), from, to, and those of the headline.")
    public Response series(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, SeriesQuestion.parameters());
        SeriesQuestion asked = SeriesQuestion.read(question);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                Series.put(question, reading, asked, answer);
            }

            @Override
            public void csv(Reading reading, CsvTable table) throws SQLException, IOException {
                writeFlat(table, Series.read(reading, asked).rows());
            }
        });
    }

    /** Nested figures become columns, e.g. {@code by_model_task_force}. */
    private static void writeFlat(CsvTable table, List<ObjectNode> rows) throws IOException {
        List<Map<String, String>> flat = rows.stream()
                .map(row -> {
                    Map<String, String> cells = new LinkedHashMap<>();
                    flatten("", row, cells);
                    return cells;
                })
                .toList();
        if (flat.isEmpty()) {
            return;
        }
        table.header(flat.getFirst().keySet().toArray(String[]::new));
        for (Map<String, String> cells : flat) {
            table.row(new ArrayList<>(cells.values()));
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> cells) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue().isObject()) {
                flatten(name + "_", field.getValue(), cells);
            } else {
                cells.put(
                        name, field.getValue().isNull() ? "" : field.getValue().asText());
            }
        }
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.add("since");
        parameters.add("on");
        return Set.copyOf(parameters);
    }
}
