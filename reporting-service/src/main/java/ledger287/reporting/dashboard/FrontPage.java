package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.QueryStore;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.statistics.Headline;
import ledger287.reporting.statistics.StateTable;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The headline, by model and by state, for people. Needs no script. */
@Singleton
@Path("/")
@PermitAll
public final class FrontPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PARAMETERS = parameters();

    private final Template template;
    private final Questions questions;
    private final QueryStore store;

    FrontPage(@Location("front.html") Template template, Questions questions, QueryStore store) {
        this.template = template;
        this.questions = questions;
        this.store = store;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, PARAMETERS);
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        String html = store.read(question.moment(), reading -> {
            ObjectNode headline = JSON.createObjectNode();
            question.describe(headline);
            Headline.put(question, reading, filters, since, headline);
            List<ObjectNode> states = StateTable.rows(reading, filters, since);
            return template.data("known", !headline.path("agreements").isNull())
                    .data("sample", headline.path("sample").asBoolean())
                    .data("incomplete", question.moment().head().incomplete())
                    .data("headline", Headings.of(headline))
                    .data("since", since)
                    .data("on", question.moment().on())
                    .data("asOf", question.moment().asOf())
                    .data("cursor", question.moment().cursor())
                    .data("participating", label(headline, "participating"))
                    .data("pending", label(headline, "pending"))
                    .data("models", models(headline))
                    .data("states", states(states))
                    .data("citation", headline.path("citation").asText())
                    .render();
        });
        return Response.ok(html)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Feed-Position", question.moment().cursor())
                .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** The figures of the sentence, as people read numbers. */
    record Headings(String agreements, String before, String added, String agencies, String states, String pending) {
        static Headings of(JsonNode headline) {
            return new Headings(
                    number(headline.path("agreements")),
                    number(headline.path("agreements_before_since")),
                    number(headline.path("new_agreements")),
                    number(headline.path("agencies")),
                    number(headline.path("states")),
                    number(headline.path("pending_applications")));
        }
    }

    /** A row of the table by model. */
    record ModelRow(String name, String agreements, String agencies) {}

    /** A row of the table by state. */
    record StateRow(String name, String agreements, String added, String agencies, String pending) {}

    private static List<ModelRow> models(JsonNode headline) {
        return List.of(
                model(headline, "task_force", "Task force"),
                model(headline, "warrant_service_officer", "Warrant service officer"),
                model(headline, "jail_enforcement", "Jail enforcement"));
    }

    private static ModelRow model(JsonNode headline, String code, String name) {
        return new ModelRow(
                name,
                number(headline.path("by_model").path(code)),
                number(headline.path("agencies_by_model").path(code)));
    }

    private static List<StateRow> states(List<ObjectNode> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(
                        (ObjectNode row) -> -row.path("agreements").asInt()))
                .map(row -> new StateRow(
                        row.path("state_name").asText(),
                        number(row.path("agreements")),
                        number(row.path("new_agreements")),
                        number(row.path("agencies")),
                        number(row.path("pending_applications"))))
                .toList();
    }

    private static String label(JsonNode headline, String kind) {
        JsonNode publication = headline.path("latest_publication").path(kind);
        return publication.isObject() ? publication.path("published_label").asText() : "none yet";
    }

    private static String number(JsonNode figure) {
        return figure.isNumber() ? String.format(Locale.US, "%,d", figure.asLong()) : "not known";
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.add("since");
        parameters.add("on");
        return Set.copyOf(parameters);
    }
}
