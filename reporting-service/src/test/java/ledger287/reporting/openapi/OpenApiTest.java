package ledger287.reporting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.reporting.OpenStream;
import ledger287.reporting.Reader;
import ledger287.reporting.ReferenceFiles;
import ledger287.reporting.Servers;
import ledger287.reporting.TestLedger;
import ledger287.reporting.TestOperations;
import ledger287.reporting.TestOperations.Figure;
import ledger287.reporting.Topic;
import ledger287.reporting.openapi.Document.Operation;
import ledger287.reporting.openapi.Document.Parameter;
import ledger287.reporting.webhooks.QuickWebhooks;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code /q/openapi} says is so, and all of it: every example is asked, every answer is held against its schema. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = QuickWebhooks.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> KEYS =
            Map.of("admin", Servers.ADMIN_KEY, "subscriber", QuickWebhooks.ANNA, "editor", Servers.EDITOR_KEY);
    private static final String NOBODYS = "nonesuch";
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_9 = "2025-06-09T13:00:00Z";
    private static final Pattern KNOWN_NAMES = Pattern.compile("There are: (.*)\\.");
    private static final Pattern KNOWN_WORDS = Pattern.compile("It takes: (.*)\\.");
    private static final Pattern BOUNDS = Pattern.compile("from ([0-9]+) to ([0-9]+)");

    private final Topic agreementsTopic;
    private final Topic operationsTopic;
    private final URI root;
    private final Router router;
    private final Reader reader;
    private Document document = new Document(JSON.createObjectNode());
    private Exchange exchange = new Exchange(document, URI.create(""), KEYS);
    private Conformance conformance = new Conformance(document);
    private @Nullable DescribedWebhooks webhooks;

    OpenApiTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String agreementsTopic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root,
            Router router) {
        this.agreementsTopic = new Topic(agreementsTopic);
        this.operationsTopic = new Topic(operationsTopic);
        this.root = root;
        this.router = router;
        this.reader = new Reader(root);
    }

    @BeforeAll
    void publishSomethingOfEverything() throws Exception {
        document = new Document(reader.json("/q/openapi?format=json"));
        exchange = new Exchange(document, root, KEYS);
        conformance = new Conformance(document);
        publishAgreements();
        publishOperations();
        replay(true);
        load("2025_Gaz_counties_national.txt", ReferenceFiles.gazetteer("Peña County"));
        load("co-est2024.csv", ReferenceFiles.estimates(2024, "Peña County"));
        webhooks = new DescribedWebhooks(document, exchange, conformance, KEYS);
        webhooks.keepTwo();
    }

    private void publishAgreements() throws Exception {
        agreementsTopic.create();
        TestLedger ledger = new TestLedger();
        ledger.open(true, JUNE_4);
        for (int i = 1; i <= 6; i++) {
            String agency = "County " + i + " Sheriff's Office";
            String county = i == 6 ? "No Such County" : "County " + i + " County";
            ledger.sign(agency, "GA", i % 2 == 0 ? "task_force" : "jail_enforcement", "2025-03-0" + i, JUNE_4)
                    .agreement(
                            "attribute-changed",
                            agency,
                            i % 2 == 0 ? "task_force" : "jail_enforcement",
                            JUNE_4,
                            image -> image.put("county", county));
        }
        ledger.imported("participating", 6, JUNE_4);
        for (int i = 1; i <= 4; i++) {
            ledger.file("Town " + i + " Police Department", "FL", "task_force", JUNE_4);
        }
        ledger.imported("pending", 4, JUNE_4);
        ledger.unlist("County 1 Sheriff's Office", "jail_enforcement", JUNE_4, JUNE_6);
        ledger.agreement("ended", "County 3 Sheriff's Office", "jail_enforcement", JUNE_6, image -> {
            image.put("status", "ended");
            image.put("listed", false);
            image.put("last_listed_at", JUNE_4);
            image.put("first_absent_at", JUNE_6);
            ObjectNode ended = image.putObject("ended");
            ended.put("on", "2025-06-05").put("precision", "day").putNull("not_before");
            ended.putNull("not_after").put("by", "agency").put("source_url", "https://news.example.org/end");
        });
        ledger.sign("Town 1 Police Department", "FL", "task_force", "2025-06-02", JUNE_6);
        ledger.imported("participating", 5, JUNE_6);
        ledger.sign("County 7 Sheriff's Office", "GA", "task_force", "2025-06-03", JUNE_9);
        ledger.sign("County 8 Sheriff's Office", "GA", "task_force", "2025-06-03", JUNE_9);
        ledger.imported("participating", 7, JUNE_9);
        agreementsTopic.publish(ledger.endAppend());
        awaitPosition("agreements:" + ledger.position());
    }

    private void publishOperations() throws Exception {
        operationsTopic.create();
        TestOperations operations = new TestOperations();
        operations.open(JUNE_6);
        for (int i = 1; i <= 3; i++) {
            String name = "Sweep " + i;
            operations
                    .record(name, "GA", JUNE_6, image -> {
                        TestOperations.start(image, "2025-06-01", "day");
                        TestOperations.partner(image, "County 2 Sheriff's Office", "GA");
                        TestOperations.partner(image, "A sheriff nobody knows", "GA");
                    })
                    .claim("first " + name, name, "arrests", Figure.exactly(40 + i), TestOperations.ICE, true, JUNE_6)
                    .claim("later " + name, name, "arrests", Figure.moreThan(50), TestOperations.ICE, true, JUNE_6)
                    .supersede("first " + name, "later " + name, JUNE_6)
                    .claim("rival " + name, name, "arrests", Figure.near("about", 60), "The Example", false, JUNE_6);
        }
        operations.relate("Sweep 1", "Sweep 2", "overlaps", JUNE_6);
        operations.record("The programme", "DC", JUNE_6, image -> image.put("scope", "programme"));
        operations.claim("silence", "The programme", "arrests", Figure.UNKNOWN, "The Example", false, JUNE_6);
        operationsTopic.publish(operations.endAppend());
        awaitPosition("operations:" + operations.position());
    }

    private void awaitPosition(String position) throws Exception {
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=" + position)
                        .statusCode())
                .isEqualTo(200);
    }

    private void load(String name, String file) throws Exception {
        HttpResponse<String> loaded = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(root.resolve("/v1/reference"))
                                .header("Authorization", "Bearer " + Servers.ADMIN_KEY)
                                .header("Content-Type", "application/octet-stream")
                                .header("X-File-Name", name)
                                .POST(HttpRequest.BodyPublishers.ofString(file))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(201);
        conformance.assertValid(
                conformance.schemaOf(document.operation("loadReferenceFile"), loaded), loaded.body(), name);
    }

    @AfterAll
    void close() {
        agreementsTopic.close();
        operationsTopic.close();
        if (webhooks != null) {
            webhooks.close();
        }
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        assertThat(document.operations().stream().map(Operation::toString))
                .as("described in META-INF/openapi.yaml")
                .containsExactlyInAnyOrderElementsOf(routes());
    }

    private Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        RuntimeResourceVisitor.visitRuntimeResources(
                "", ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        if (path.startsWith("/v1/")) {
                            routes.add(method + " " + path);
                        }
                    }
                });
        // Those of Vert.x; one that ends with a star stands before others.
        router.getRoutes().stream()
                .filter(route -> route.isExactPath()
                        && route.getPath() != null
                        && route.getPath().startsWith("/v1/"))
                .map(Route::getPath)
                .forEach(path -> routes.add("GET " + path));
        return routes;
    }

    @Test
    void everythingIsNamedDescribedAndTyped() {
        List<String> missing = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Operation operation : document.operations()) {
            require(missing, operation.id().matches("[a-z][A-Za-z0-9]+"), operation + ": operationId");
            require(missing, ids.add(operation.id()), operation + ": an operationId of its own");
            for (String field : List.of("summary", "description", "tags")) {
                require(
                        missing,
                        !operation.described().path(field).isEmpty() || text(operation.described(), field),
                        operation + ": " + field);
            }
            for (Parameter parameter : document.parameters(operation)) {
                String name = operation + " " + parameter.name();
                require(missing, text(parameter.described(), "description"), name + ": description");
                require(missing, parameter.described().path("schema").has("type"), name + ": schema");
                require(
                        missing,
                        parameter.described().has("example")
                                || parameter.described().has("x-example-from"),
                        name + ": example");
            }
            document.responses(operation).forEach((status, response) -> {
                require(missing, text(response, "description"), operation + " " + status + ": description");
                response.path("content").properties().forEach(content -> {
                    String name = operation + " " + status + " " + content.getKey();
                    String schema =
                            content.getValue().path("schema").path("$ref").asText();
                    require(missing, schema.startsWith("#/components/schemas/"), name + ": a named schema");
                    boolean refusal = status.startsWith("4") || status.startsWith("5");
                    require(missing, refusal == schema.endsWith("/Problem"), name + ": a problem where it is one");
                    require(missing, refusal == content.getKey().equals("application/problem+json"), name);
                });
            });
            require(
                    missing,
                    document.responses(operation).keySet().stream().anyMatch(status -> status.startsWith("2")),
                    operation + ": a success");
        }
        document.root().at("/components/schemas").properties().forEach(schema -> {
            require(missing, text(schema.getValue(), "description"), schema.getKey() + ": description");
            describedProperties(missing, schema.getKey(), schema.getValue());
        });
        assertThat(missing).isEmpty();
    }

    private static void describedProperties(List<String> missing, String name, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            String inner = name + "." + property.getKey();
            JsonNode of = property.getValue();
            require(missing, of.has("$ref") || text(of, "description"), inner + ": description");
            describedProperties(missing, inner, of);
            describedProperties(missing, inner, of.path("items"));
        });
    }

    private static boolean text(JsonNode node, String field) {
        return !node.path(field).asText().isBlank();
    }

    private static void require(List<String> missing, boolean there, String what) {
        if (!there) {
            missing.add(what);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.root().findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.root().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        assertThat(document.root().toString())
                .doesNotContain("x-takes", "x-answer", "x-refuses", "x-refusal-groups", "x-includes", "x-contract");
    }

    @Test
    void everyParameterThatIsTakenIsDescribedAndNothingElse() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : document.operations()) {
            String address = exchange.address(operation);
            HttpResponse<String> response =
                    exchange.ask(operation, address + (address.contains("?") ? "&" : "?") + NOBODYS + "=1");
            JsonNode problem = JSON.readTree(Exchange.text(response));
            Set<String> taken = new TreeSet<>();
            if (problem.path("parameter").asText().equals(NOBODYS)) {
                taken.addAll(List.of(found(KNOWN_NAMES, problem).split("(, |; .*such as )")));
                taken.remove("");
            }
            Set<String> described = queryParameters(operation).stream()
                    .filter(parameter -> !parameter.isFamily())
                    .map(Parameter::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> others = minus(taken, described);
            others.removeIf(
                    name -> queryParameters(operation).stream().anyMatch(parameter -> parameter.hasMember(name)));
            if (!others.isEmpty() || !taken.containsAll(described)) {
                wrong.add("%s describes %s, takes %s".formatted(operation, minus(described, taken), others));
            }
        }
        assertThat(wrong).as("parameters beside those of the other").isEmpty();
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    @Test
    void everyParameterTakesTheValuesThatAreDescribedAndRefusesOthersByItsName() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : document.operations()) {
            if (!operation.method().equals("GET")) {
                continue;
            }
            for (Parameter parameter : queryParameters(operation)) {
                if (parameter.isFamily()) {
                    continue;
                }
                String value = parameter.values().path("type").asText().equals("integer") ? "999999999" : "~";
                JsonNode problem = refusalOf(operation, parameter, value);
                String name = operation + " " + parameter.name();
                if (problem.isMissingNode()) {
                    if (!parameter.values().has("maxLength")) {
                        wrong.add(name + " takes anything");
                    }
                    continue;
                }
                if (!problem.path("parameter").asText().equals(parameter.name())) {
                    wrong.add(name + ": " + problem);
                }
                String words = found(KNOWN_WORDS, problem);
                JsonNode described = parameter.values().path("enum");
                if (described.isArray()) {
                    Set<String> listed = Document.elements(described)
                            .map(JsonNode::asText)
                            .collect(Collectors.toCollection(TreeSet::new));
                    if (!listed.equals(new TreeSet<>(List.of(words.split(", "))))) {
                        wrong.add(name + " takes " + words);
                    }
                } else if (!words.isEmpty() && parameter.values().has("pattern")) {
                    String pattern = parameter.values().path("pattern").asText();
                    Stream.of(words.split(", "))
                            .filter(word -> !word.matches(pattern))
                            .forEach(word -> wrong.add(name + " takes " + word));
                }
                Matcher bounds = BOUNDS.matcher(problem.path("detail").asText());
                if (parameter.values().has("maximum")
                        && !(bounds.find()
                                && bounds.group(1)
                                        .equals(parameter
                                                .values()
                                                .path("minimum")
                                                .asText())
                                && bounds.group(2)
                                        .equals(parameter
                                                .values()
                                                .path("maximum")
                                                .asText()))) {
                    wrong.add(name + ": " + problem.path("detail").asText());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Missing when the value is taken. */
    private JsonNode refusalOf(Operation operation, Parameter parameter, String value) throws Exception {
        String bare = exchange.address(operation).replaceAll("[?&]" + parameter.name() + "=[^&]*", "");
        String address = bare + (bare.contains("?") ? "&" : "?") + parameter.name() + "=" + value;
        if (streams(operation)) {
            try (OpenStream stream = new OpenStream(root, address)) {
                return stream.status() == 200
                        ? JSON.missingNode()
                        : JSON.readTree(stream.text(
                                Integer.parseInt(stream.header("Content-Length").orElseThrow())));
            }
        }
        HttpResponse<String> response = exchange.ask(operation, address);
        return response.statusCode() == 200 ? JSON.missingNode() : JSON.readTree(Exchange.text(response));
    }

    private static String found(Pattern pattern, JsonNode problem) {
        Matcher matcher = pattern.matcher(problem.path("detail").asText());
        return matcher.find() ? matcher.group(1) : "";
    }

    private List<Parameter> queryParameters(Operation operation) {
        return document.parameters(operation).stream()
                .filter(parameter -> parameter.in().equals("query"))
                .toList();
    }

    @Test
    void everyExampleOfAParameterIsAnsweredAsDescribed() throws Exception {
        for (Operation operation : document.operations()) {
            if (!operation.method().equals("GET") || streams(operation)) {
                continue;
            }
            assertDescribed(operation, exchange.address(operation));
            for (Parameter parameter : queryParameters(operation)) {
                String address = exchange.address(operation, exchange.with(operation, parameter));
                if (parameter.described().has("x-reshapes")) {
                    assertThat(exchange.ask(operation, address).statusCode())
                            .as(address)
                            .isEqualTo(200);
                } else {
                    assertDescribed(operation, address);
                }
            }
        }
    }

    private void assertDescribed(Operation operation, String address) throws Exception {
        HttpResponse<String> response = exchange.ask(operation, address);
        assertThat(response.statusCode())
                .as("%s: %s", address, Exchange.text(response))
                .isEqualTo(200);
        conformance.assertDescribed(operation, response, address);
    }

    @Test
    void everyFormThatIsDescribedIsServedByAcceptAndBySuffix() throws Exception {
        for (Operation operation : document.operations()) {
            if (!operation.method().equals("GET") || streams(operation)) {
                continue;
            }
            String address = exchange.address(operation);
            JsonNode content = document.response(operation, 200).path("content");
            for (Map.Entry<String, JsonNode> form : content.properties()) {
                HttpResponse<String> byAccept = exchange.get(address, "Accept", form.getKey());
                if (operation.described().path("security").isEmpty()) {
                    assertThat(Conformance.type(byAccept)).as(address).isEqualTo(form.getKey());
                    conformance.assertDescribed(operation, byAccept, address);
                }
                if (content.size() > 1) {
                    String suffix =
                            address.replaceFirst("(\\?|$)", "." + SUFFIXES.getOrDefault(form.getKey(), "json") + "$1");
                    HttpResponse<String> bySuffix = exchange.get(suffix);
                    assertThat(Conformance.type(bySuffix)).as(suffix).isEqualTo(form.getKey());
                    conformance.assertDescribed(operation, bySuffix, suffix);
                }
            }
        }
    }

    private static final Map<String, String> SUFFIXES = Map.of(
            "text/csv", "csv",
            "application/x-ndjson", "ndjson",
            "application/vnd.apache.parquet", "parquet",
            "application/geo+json", "geojson",
            "application/zip", "zip");

    @Test
    void anUnchangedAnswerIsNotSentAgain() throws Exception {
        for (Operation operation : document.operations()) {
            if (document.responses(operation).containsKey("304")) {
                String address = exchange.address(operation);
                String tag = exchange.get(address).headers().firstValue("ETag").orElseThrow();
                HttpResponse<String> again = exchange.get(address, "If-None-Match", tag);
                assertThat(again.statusCode()).as(address).isEqualTo(304);
                Conformance.assertHeaders(document.response(operation, 304), again, address);
            }
        }
    }

    @Test
    void everyRefusalThatIsShownIsGiven() throws Exception {
        assertThat(replay(false)).isGreaterThan(8);
    }

    /** Asks what examples of refusals say; those that hold before reference files are loaded, or the others. */
    private int replay(boolean beforeReference) throws Exception {
        int replayed = 0;
        for (JsonNode response : document.root().at("/components/responses")) {
            for (JsonNode example : response.at("/content/application~1problem+json/examples")) {
                String address = example.path("x-replay").asText();
                if (!address.isEmpty() && beforeReference == example.has("x-replay-before")) {
                    HttpResponse<String> refusal = exchange.get(address);
                    JsonNode expected = example.path("value");
                    assertThat(JSON.readTree(Exchange.text(refusal)))
                            .as(address)
                            .isEqualTo(expected);
                    assertThat(refusal.statusCode())
                            .isEqualTo(expected.path("status").asInt());
                    assertThat(Conformance.type(refusal)).isEqualTo("application/problem+json");
                    replayed++;
                }
            }
        }
        return replayed;
    }

    @Test
    void everyAnswerThatIsShownIsGivenFieldByField() throws Exception {
        Path given = Files.createDirectories(Path.of("target", "openapi-examples"));
        List<String> wrong = new ArrayList<>();
        for (Operation operation : document.operations()) {
            for (JsonNode example : document.response(operation, 200).at("/content/application~1json/examples")) {
                String address = example.path("x-replay").asText();
                HttpResponse<String> response = exchange.get(address);
                conformance.assertDescribed(operation, response, address);
                JsonNode answer = WithoutRun.of(JSON.readTree(Exchange.text(response)));
                if (!answer.equals(WithoutRun.of(example.path("value")))) {
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValue(given.resolve(operation.id() + ".json").toFile(), answer);
                    wrong.add(operation.id() + " at " + address);
                }
            }
        }
        assertThat(wrong)
                .as("examples in META-INF/openapi-examples that are answered otherwise; the answers are in %s", given)
                .isEmpty();
    }

    @Test
    void everyKindOfAnswerThatNeedsNoKeyIsShownOnce() {
        Set<String> kinds = new TreeSet<>();
        List<String> shown = new ArrayList<>();
        for (Operation operation : document.operations()) {
            JsonNode json = document.response(operation, 200).at("/content/application~1json");
            if (json.isObject() && document.roles(operation).isEmpty()) {
                kinds.add(json.at("/schema/$ref").asText());
                json.path("examples")
                        .forEach(example -> shown.add(json.at("/schema/$ref").asText()));
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void webhooksDoAsDescribed() throws Exception {
        Objects.requireNonNull(webhooks).doEverything();
    }

    @Test
    void streamsOpenAsDescribed() throws Exception {
        for (Operation operation : document.operations()) {
            if (!streams(operation)) {
                continue;
            }
            JsonNode content = document.response(operation, 200).path("content");
            for (Parameter parameter : document.parameters(operation)) {
                boolean header = parameter.in().equals("header");
                String address = header ? exchange.address(operation) : exchange.address(operation, parameter);
                String[] headers = header
                        ? new String[] {parameter.name(), exchange.example(operation, parameter)}
                        : new String[0];
                try (OpenStream stream = new OpenStream(root, address, headers)) {
                    assertThat(stream.status()).as(address).isEqualTo(200);
                    String type = stream.header("Content-Type").orElse("").replaceFirst(";.*", "");
                    assertThat(content.has(type)).as(address + " " + type).isTrue();
                    assertThat(stream.header("Cache-Control")).hasValue("no-store");
                    String line = stream.bodyLine();
                    if (type.endsWith("ndjson")) {
                        conformance.assertValid(content.path(type).path("schema"), String.valueOf(line), address);
                        String second = parameter.name().equals("cursor") ? stream.bodyLine() : line;
                        conformance.assertValid(content.path(type).path("schema"), String.valueOf(second), address);
                    } else {
                        assertThat(line).as(address).startsWith("retry: ");
                    }
                }
            }
        }
    }

    @Test
    void aClientThatAnIndependentGeneratorMakesCompilesAndReadsTheSameFigures() throws Exception {
        Map<?, ?> read = GeneratedClient.of(document, Path.of("target", "generated-client"))
                .call(root.toString());

        JsonNode headline = reader.json("/v1/statistics/headline?state=GA,FL");
        assertThat(read.get("agreements")).isEqualTo(headline.path("agreements").intValue());
        assertThat(read.get("task_force"))
                .isEqualTo(headline.at("/by_model/task_force").intValue());
        assertThat(read.get("arrests"))
                .isEqualTo(headline.at("/operations/arrests/text").asText());
        assertThat(read.get("listed")).isEqualTo(headline.path("agreements").intValue());
        assertThat(read.get("series")).isEqualTo(headline.path("agreements").intValue());
        assertThat(read.get("first_change")).isEqualTo("org.ledger287.ledger.opened.v1");
    }

    private static boolean streams(Operation operation) {
        return operation.path().startsWith("/v1/stream");
    }
}
