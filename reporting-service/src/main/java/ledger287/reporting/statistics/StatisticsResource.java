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
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ledger287.reporting.export.Table;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Format;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Kind;
import ledger287.reporting.reference.ReferenceLoads;
import org.jspecify.annotations.Nullable;

/** Cumulative statistics: for the whole, and for each state. */
@Singleton
@Path("/v1/statistics")
@PermitAll
public final class StatisticsResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PARAMETERS = parameters();
    private static final Set<String> WITH_POINTS = withPoints();
    private static final Set<Format> MAPPED = mapped();

    private final Questions questions;
    private final Answers answers;
    private final ReferenceLoads loads;

    StatisticsResource(Questions questions, Answers answers, ReferenceLoads loads) {
        this.questions = questions;
        this.answers = answers;
        this.loads = loads;
    }

    @GET
    @Path("headline")
    public Response headline(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, PARAMETERS);
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        return answers.answer(question, headers, new Statistic() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                Headline.put(question, reading, filters, since, answer);
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                ObjectNode answer = JSON.createObjectNode();
                question.describe(answer);
                Headline.put(question, reading, filters, since, answer);
                answer.remove("definitions");
                writeFlat(table, answer);
            }
        });
    }

    @GET
    @Path("states")
    public Response states(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, WITH_POINTS);
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        Optional<ReferenceLoads.InForce> points = pointsFor(question);
        return answers.answer(question, headers, new Statistic() {
            @Override
            public Set<Format> formats() {
                return MAPPED;
            }

            @Override
            public void features(Reading reading, ObjectNode collection) throws SQLException, IOException {
                StatePoints places = StatePoints.of(reading, loads, points.orElseThrow());
                places.describe(collection);
                about(reading, collection);
                ArrayNode features = collection.putArray("features");
                for (ObjectNode row : StateTable.rows(reading, filters, since)) {
                    String state = row.path("state").asText();
                    features.add(feature(state, places.of(state), row));
                }
            }

            @Override
            public void about(Reading reading, ObjectNode answer) {
                Definitions.put(answer, since, question.moment().on());
                answer.put("citation", question.citation("287(g) agreements by state " + Citation.which(question)));
            }

            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                ArrayNode items = answer.putArray("items");
                StateTable.rows(reading, filters, since).forEach(items::add);
                answer.put("count", items.size());
                answer.putNull("next_cursor");
                answer.put("since", since.toString());
                about(reading, answer);
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                writeFlat(table, StateTable.rows(reading, filters, since), StateTable.blank(reading, filters, since));
            }
        });
    }

    @GET
    @Path("series")
    public Response series(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, SeriesQuestion.parameters());
        SeriesQuestion asked = SeriesQuestion.read(questions, question);
        return answers.answer(question, headers, new Statistic() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                Series.put(question, reading, asked, answer);
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                writeFlat(table, Series.read(reading, asked).rows(), Series.blank(asked));
            }
        });
    }

    @GET
    @Path("applications")
    public Response applications(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Filters.NAMES);
        Filters filters = Filters.read(question.parameters());
        return answers.answer(question, headers, new Statistic() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                ApplicationFunnel.put(reading, filters, answer);
                Definitions.putFunnel(answer);
                answer.put(
                        "citation",
                        question.citation("%s 287(g) applications filed, %s granted"
                                .formatted(
                                        answer.path("filed").asText(),
                                        answer.path("granted").asText())));
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                ObjectNode answer = JSON.createObjectNode();
                question.describe(answer);
                ApplicationFunnel.put(reading, filters, answer);
                writeFlat(table, answer);
            }
        });
    }

    @GET
    @Path("revisions")
    public Response revisions(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.askForPage(uri, headers, Revisions.PARAMETERS);
        Revisions revisions = Revisions.read(questions, question);
        Question.Page page = question.page();
        return answers.answer(question, headers, new Statistic() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                long count = revisions.put(reading, page, answer);
                String next = question.next(page, count);
                answer.put("count", count);
                answer.put("next_cursor", next);
                if (next != null) {
                    answer.put(NEXT, question.pageUrl(next, page));
                }
                Definitions.putRevisions(answer);
                answer.put("citation", question.citation(revisions.inWords()));
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                revisions.table(reading, table);
            }
        });
    }

    @GET
    @Path("coverage")
    public Response coverage(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, with(ReferenceLoads.PARAMETER));
        Filters filters = Filters.read(question.parameters());
        ReferenceLoads.InForce inForce = loads.inForce(question);
        Coverage.requireLoaded(inForce);
        return answers.answer(question, headers, new Statistic() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                new Coverage(reading, filters, loads, inForce).put(question, answer);
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                ObjectNode answer = JSON.createObjectNode();
                question.describe(answer);
                new Coverage(reading, filters, loads, inForce).putFigures(answer);
                answer.retain(answer.properties().stream()
                        .filter(field -> !field.getValue().isArray())
                        .map(Map.Entry::getKey)
                        // A list, too, where it is not known.
                        .filter(name -> !name.equals("largest_places"))
                        .toList());
                writeFlat(table, answer);
            }
        });
    }

    @GET
    @Path("counties")
    public Response counties(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, with(ReferenceLoads.PARAMETER, "listed"));
        Filters filters = Filters.read(question.parameters());
        boolean every = question.parameters()
                .word("listed", List.of("true", "any"))
                .orElse("true")
                .equals("any");
        ReferenceLoads.InForce inForce = loads.inForce(question);
        Coverage.requireLoaded(inForce);
        return answers.answer(question, headers, new Statistic() {
            @Override
            public Set<Format> formats() {
                return MAPPED;
            }

            @Override
            public void features(Reading reading, ObjectNode collection) throws SQLException, IOException {
                var coverage = new Coverage(reading, filters, loads, inForce);
                coverage.putSources(collection);
                about(reading, collection);
                ArrayNode features = collection.putArray("features");
                for (ObjectNode row : coverage.counties(every)) {
                    JsonNode latitude = row.remove("latitude");
                    JsonNode longitude = row.remove("longitude");
                    Point point = latitude.isNull() || longitude.isNull()
                            ? null
                            : new Point(latitude.doubleValue(), longitude.doubleValue());
                    features.add(feature(row.path("county_fips").asText(), point, row));
                }
            }

            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException {
                ArrayNode items = answer.putArray("items");
                items.addAll(new Coverage(reading, filters, loads, inForce).counties(every));
                answer.put("count", items.size());
                answer.putNull("next_cursor");
                about(reading, answer);
            }

            @Override
            public void about(Reading reading, ObjectNode answer) {
                Definitions.putCounties(answer, question.moment().on());
                answer.put(
                        "citation",
                        question.citation("Counties with a county-level 287(g) agreement " + Citation.which(question)));
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                writeFlat(
                        table, new Coverage(reading, filters, loads, inForce).counties(every), Coverage.blankCounty());
            }
        });
    }

    /** What its answer says of itself, its other forms say too. */
    private interface Statistic extends Content {
        @Override
        default void about(Reading reading, ObjectNode answer) throws SQLException, IOException {
            json(reading, answer);
        }
    }

    /** The files with the points of counties, when they are asked for. */
    private Optional<ReferenceLoads.InForce> pointsFor(Question question) throws SQLException {
        if (question.format() != Format.GEOJSON) {
            if (question.parameters().text(ReferenceLoads.PARAMETER).isPresent()) {
                throw Problem.parameter(ReferenceLoads.PARAMETER, "'reference' goes with the form .geojson here.");
            }
            return Optional.empty();
        }
        ReferenceLoads.InForce inForce = loads.inForce(question);
        if (inForce.points().isEmpty()) {
            throw ReferenceLoads.needed(Kind.COUNTY_POINTS);
        }
        return Optional.of(inForce);
    }

    /** @param point null: nobody told where it is (RFC 7946, 3.2) */
    private static ObjectNode feature(String id, @Nullable Point point, ObjectNode row) {
        ObjectNode feature = JSON.createObjectNode();
        feature.put("type", "Feature");
        feature.put("id", id);
        if (point == null) {
            feature.putNull("geometry");
        } else {
            feature.putObject("geometry")
                    .put("type", "Point")
                    .putArray("coordinates")
                    .add(point.longitude())
                    .add(point.latitude());
        }
        ObjectNode properties = feature.putObject("properties");
        flat(row).forEach((name, cell) -> properties.set(name, JSON.valueToTree(cell)));
        return feature;
    }

    /**
     * Nested figures become columns, e.g. {@code by_model_task_force}; numbers stay numbers.
     *
     * @param blank a row as there would be one: its columns head a table that has none
     */
    private static void writeFlat(Table table, List<ObjectNode> rows, ObjectNode blank) throws IOException {
        List<Map<String, @Nullable Object>> flat = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        Set<String> divided = new HashSet<>();
        for (ObjectNode row : rows) {
            Map<String, @Nullable Object> cells = flat(row);
            flat.add(cells);
            columns.addAll(cells.keySet());
            putDivided("", row, divided);
        }
        if (flat.isEmpty()) {
            columns.addAll(flat(blank).keySet());
        }
        // What is nothing in one row and several figures in another has the columns of those figures in all.
        columns.removeAll(divided);
        table.header(columns.toArray(String[]::new));
        for (Map<String, @Nullable Object> cells : flat) {
            List<@Nullable Object> row = new ArrayList<>();
            for (String column : columns) {
                row.add(cells.get(column));
            }
            table.row(row);
        }
    }

    /** The one row of what is no list. */
    private static void writeFlat(Table table, ObjectNode row) throws IOException {
        writeFlat(table, List.of(row), row);
    }

    private static Map<String, @Nullable Object> flat(ObjectNode row) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        flatten("", row, cells);
        return cells;
    }

    private static void putDivided(String prefix, JsonNode node, Set<String> divided) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isObject()) {
                divided.add(prefix + field.getKey());
                putDivided(prefix + field.getKey() + "_", field.getValue(), divided);
            }
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, @Nullable Object> cells) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(name + "_", value, cells);
            } else {
                cells.put(name, value.isNull() ? null : value.isNumber() ? value.decimalValue() : value.asText());
            }
        }
    }

    /** The common parameters without {@code since}, and more. */
    private static Set<String> with(String... more) {
        Set<String> parameters = new HashSet<>(PARAMETERS);
        parameters.remove("since");
        parameters.addAll(List.of(more));
        return parameters;
    }

    private static Set<String> withPoints() {
        Set<String> parameters = new HashSet<>(PARAMETERS);
        parameters.add(ReferenceLoads.PARAMETER);
        return Set.copyOf(parameters);
    }

    private static Set<Format> mapped() {
        Set<Format> formats = EnumSet.copyOf(Content.TABLE);
        formats.add(Format.GEOJSON);
        return Set.copyOf(formats);
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.add("since");
        parameters.add("on");
        return Set.copyOf(parameters);
    }
}
