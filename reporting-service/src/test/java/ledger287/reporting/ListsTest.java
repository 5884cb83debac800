package ledger287.reporting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a reader can ask of every list alike: filters, order, fields, facets, pages. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_9 = "2025-06-09T21:00:00Z";
    private static final List<String> MODELS = List.of("task_force", "warrant_service_officer", "jail_enforcement");
    private static final List<String> STATES = List.of("AL", "FL", "GA", "TX");
    private static final String STRAY = "Stray County Sheriff's Office";

    /** How many questions are made up for each list. */
    private static final int QUESTIONS = Integer.getInteger("ledger287.test.questions", 15);

    /** Each list with what lets everything into it. */
    private static final List<Map.Entry<String, String>> LISTS = List.of(
            Map.entry("agreements", "listed=any"),
            Map.entry("agencies", "listed=any"),
            Map.entry("applications", "listed=any"),
            Map.entry("operations", "status=recorded,retracted&scope=operation,programme"),
            Map.entry("claims", "status=current,superseded,retracted"),
            Map.entry("sources", ""));

    private final Topic agreements;
    private final Topic operations;
    private final Reader reader;
    private final URI root;
    private final TestLedger ledger = new TestLedger();
    private final TestOperations desk = new TestOperations();
    private final HttpClient http = HttpClient.newHttpClient();

    ListsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String agreementsTopic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root) {
        this.agreements = new Topic(agreementsTopic);
        this.operations = new Topic(operationsTopic);
        this.reader = new Reader(root);
        this.root = root;
    }

    @BeforeAll
    void publishHistory() throws Exception {
        agreements.create();
        operations.create();
        ledger.open(true, JUNE_4);
        for (int i = 0; i < 60; i++) {
            signOne(i);
        }
        ledger.imported("participating", 60, JUNE_4);
        for (int i = 0; i < 20; i++) {
            ledger.file("Hopeful " + i + " Police Department", STATES.get(i % 4), MODELS.get(i % 3), JUNE_4);
        }
        ledger.imported("pending", 20, JUNE_4);
        agreements.publish(ledger.endAppend());
        for (int i = 0; i < 7; i++) {
            ledger.unlist("Agency " + i + ", Sheriff's Office", MODELS.get(i % 3), JUNE_4, JUNE_6);
        }
        ledger.sign(STRAY, "GA", "task_force", "2025-03-01", JUNE_6)
                .agreement(
                        "attribute-changed",
                        STRAY,
                        "task_force",
                        JUNE_6,
                        image -> image.put("county", "Countty 9 County"))
                .sign(STRAY, "GA", "jail_enforcement", "2025-03-01", JUNE_6)
                .imported("participating", 55, JUNE_6);
        publish();
        desk.open(JUNE_4);
        for (int i = 0; i < 8; i++) {
            int number = i;
            desk.record("Operation " + i, STATES.get(i % 4), i < 5 ? JUNE_4 : JUNE_6, image -> {
                if (number % 3 > 0) {
                    TestOperations.start(image, "2025-05-0" + (number + 1), "day");
                }
                TestOperations.partner(image, "Agency " + number + ", Sheriff's Office", "FL");
            });
            for (int j = 0; j < i % 3; j++) {
                desk.claim(
                        "claim " + i + "/" + j,
                        "Operation " + i,
                        j == 0 ? "arrests" : "stops",
                        i % 2 == 0 ? TestOperations.Figure.exactly(10L * i) : TestOperations.Figure.moreThan(10L * i),
                        j == 0 ? TestOperations.ICE : "A newspaper",
                        j == 0,
                        JUNE_6);
            }
        }
        operations.publish(desk.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=operations:" + desk.position())
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    void close() {
        agreements.close();
        operations.close();
    }

    @Test
    void whatAListUsuallyLeavesOutIsThereForWhoAsksForIt() throws Exception {
        for (String asked : List.of(
                "agreements?status%s=unlisted",
                "applications?status%s=open",
                "operations?scope%s=operation,programme",
                "operations?status%s=recorded,retracted",
                "claims?status%s=current,superseded,retracted")) {
            JsonNode plain = reader.json("/v1/" + asked.formatted(""));
            assertThat(plain.path("count").asInt()).as(asked).isPositive();
            assertThat(reader.json("/v1/" + asked.formatted("__in")).path("count"))
                    .as(asked)
                    .isEqualTo(plain.path("count"));
        }
        assertThat(reader.json("/v1/agreements?listed__ne=true").path("count").asInt())
                .isEqualTo(reader.json("/v1/agreements?status=unlisted")
                        .path("count")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void whatAnAgencyHoldsIsToldWholeWhateverSelectsIt() throws Exception {
        for (String selected : List.of("", "&model=task_force", "&model=jail_enforcement", "&state=GA")) {
            JsonNode found = reader.json("/v1/agencies?q=Stray" + selected).path("items");
            assertThat(found).as(selected).hasSize(1);
            assertThat(found.path(0).path("agreements").asInt()).as(selected).isEqualTo(2);
            assertThat(found.path(0).path("task_force").asInt()).as(selected).isEqualTo(1);
            assertThat(found.path(0).path("jail_enforcement").asInt())
                    .as(selected)
                    .isEqualTo(1);
        }
        assertThat(reader.json("/v1/agencies?q=Stray&model=warrant_service_officer")
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void comparisonsPartTheListAndFacetsAddUpToItForEveryColumn() throws Exception {
        for (Map.Entry<String, String> list : LISTS) {
            List<JsonNode> rows = lines(list.getKey(), list.getValue());
            assertThat(rows).as(list.getKey()).hasSizeGreaterThan(2);
            int filtered = 0;
            Map<String, JsonNode> counted = new LinkedHashMap<>();
            for (Entry column : columns(list.getKey())) {
                String name = column.name();
                if (is(list, name + "__isnull=true")) {
                    filtered++;
                    requireParted(list, column, rows);
                }
                if (is(list, "facet=" + name)) {
                    JsonNode answer = ask(list, "limit=1&facet=" + name);
                    Map<String, Integer> counts = new HashMap<>();
                    for (JsonNode one : answer.path("facets").path(name)) {
                        counts.put(one.path("value").asText(), one.path("count").asInt());
                    }
                    Map<String, Integer> expected = new HashMap<>();
                    rows.forEach(row -> expected.merge(row.path(name).asText(), 1, Integer::sum));
                    assertThat(counts).as("%s by %s", list.getKey(), name).isEqualTo(expected);
                    if (counted.size() < 10) {
                        counted.put(name, answer.path("facets").path(name));
                    }
                }
            }
            assertThat(filtered).as(list.getKey()).isGreaterThan(6);
            assertThat(counted).as(list.getKey()).hasSizeGreaterThan(1);
            JsonNode together = ask(list, "limit=1&facet=" + String.join(",", counted.keySet()))
                    .path("facets");
            counted.forEach((name, alone) -> assertThat(together.path(name))
                    .as("%s among %s", name, counted.keySet())
                    .isEqualTo(alone));
        }
    }

    private void requireParted(Map.Entry<String, String> list, Entry column, List<JsonNode> rows) throws Exception {
        String name = column.name();
        int unknown = count(list, name + "__isnull=true");
        assertThat(unknown).as("%s of %s", name, list.getKey()).isEqualTo((int)
                rows.stream().filter(row -> row.path(name).isNull()).count());
        assertThat(count(list, name + "__isnull=false")).isEqualTo(rows.size() - unknown);
        List<String> values = rows.stream()
                .map(row -> row.path(name))
                .filter(value -> !value.isNull())
                .map(JsonNode::asText)
                .filter(value -> !value.contains(","))
                .distinct()
                .limit(2)
                .toList();
        for (String value : values) {
            String given = URLEncoder.encode(value, StandardCharsets.UTF_8);
            long having = rows.stream()
                    .filter(row -> row.path(name).asText().equals(value))
                    .count();
            assertThat(count(list, name + "__in=" + given))
                    .as("%s=%s of %s", name, value, list.getKey())
                    .isEqualTo((int) having);
            assertThat(count(list, name + "__ne=" + given)).isEqualTo((int) (rows.size() - having));
            if (List.of("date", "datetime", "integer").contains(column.type())) {
                int below = count(list, name + "__lt=" + given);
                assertThat(below + count(list, name + "__gte=" + given)).isEqualTo(rows.size() - unknown);
                assertThat(count(list, name + "__lte=" + given)).isEqualTo(below + (int) having);
                assertThat(count(list, name + "__gt=" + given)).isEqualTo(rows.size() - unknown - below - (int) having);
            }
        }
        if (values.size() == 2) {
            String both = values.stream()
                    .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .collect(Collectors.joining(","));
            assertThat(count(list, name + "__in=" + both) + count(list, name + "__ne=" + both))
                    .isEqualTo(rows.size());
        }
    }

    @Test
    void whateverIsAskedTheTableThePagesAndTheCountHoldTheSameThings() throws Exception {
        Random random = new Random(287);
        for (Map.Entry<String, String> list : LISTS) {
            List<JsonNode> rows = lines(list.getKey(), list.getValue());
            List<Entry> columns = columns(list.getKey());
            String id = columns.getFirst().name();
            for (int i = 0; i < QUESTIONS; i++) {
                String query = query(list, rows, columns, random);
                List<String> paged = new ArrayList<>();
                int count = -1;
                String path = "/v1/" + list.getKey() + "?limit=7&" + query;
                while (path != null) {
                    HttpResponse<String> page = reader.get(path);
                    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                    JsonNode answer = JSON.readTree(page.body());
                    count = answer.path("count").asInt();
                    answer.path("items").forEach(item -> paged.add(item.path(id).asText()));
                    JsonNode cursor = answer.path("next_cursor");
                    path = cursor.isNull()
                            ? null
                            : "/v1/" + list.getKey() + "?limit=7&" + query + "&cursor=" + cursor.asText();
                }
                List<String> table = csv(list.getKey(), query).stream()
                        .map(row -> requireNonNull(row.get(id)))
                        .toList();
                assertThat(table)
                        .as("%s?%s", list.getKey(), query)
                        .isEqualTo(paged)
                        .hasSize(count)
                        .doesNotHaveDuplicates();
                assertThat(lines(list.getKey(), query))
                        .extracting(line -> line.path(id).asText())
                        .isEqualTo(paged);
            }
        }
    }

    /** A question made up of filters, an order and fields. */
    private String query(Map.Entry<String, String> list, List<JsonNode> rows, List<Entry> columns, Random random)
            throws Exception {
        List<String> parts = new ArrayList<>();
        if (!list.getValue().isEmpty()) {
            parts.add(list.getValue());
        }
        TreeSet<String> used = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            Entry column = columns.get(random.nextInt(columns.size()));
            JsonNode value = rows.get(random.nextInt(rows.size())).path(column.name());
            boolean ordered = List.of("date", "datetime", "integer").contains(column.type());
            List<String> by = ordered ? List.of("in", "ne", "gt", "gte", "lt", "lte") : List.of("in", "ne");
            String comparison = by.get(random.nextInt(by.size()));
            if (value.isValueNode()
                    && !value.isNull()
                    && !value.asText().contains(",")
                    && used.add(column.name())
                    && is(list, column.name() + "__isnull=true")) {
                parts.add(column.name() + "__" + comparison + "="
                        + URLEncoder.encode(value.asText(), StandardCharsets.UTF_8));
            }
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String name = columns.get(random.nextInt(columns.size())).name();
            if (is(list, "sort=" + name) && order.stream().noneMatch(key -> key.endsWith(name))) {
                order.add((random.nextBoolean() ? "-" : "") + name);
            }
        }
        if (!order.isEmpty()) {
            parts.add("sort=" + String.join(",", order));
        }
        if (random.nextBoolean()) {
            parts.add("fields="
                    + columns.get(random.nextInt(columns.size() - 1) + 1).name() + ","
                    + columns.getFirst().name());
        }
        return String.join("&", parts);
    }

    @Test
    void anOrderHoldsForEveryKeyAndPutsTheUnknownLast() throws Exception {
        List<JsonNode> rows = lines("agreements", "listed=any&sort=-signed_on,state&fields=signed_on,state");
        for (int i = 1; i < rows.size(); i++) {
            String day = rows.get(i - 1).path("signed_on").asText("");
            String next = rows.get(i).path("signed_on").asText("");
            assertThat(day).isGreaterThanOrEqualTo(next);
            if (day.equals(next)) {
                assertThat(rows.get(i - 1).path("state").asText("unknown"))
                        .isLessThanOrEqualTo(rows.get(i).path("state").asText("unknown"));
            }
        }
        assertThat(rows.getLast().path("signed_on").isNull()).isTrue();
    }

    @Test
    void fieldsComeInTheOrderAskedForInEveryForm() throws Exception {
        String query = "agreements?fields=moa_status,agency_name,possible_duplicate_of&limit=1";
        JsonNode item = reader.json("/v1/" + query).path("items").get(0);
        assertThat(StreamSupport.stream(((Iterable<String>) item::fieldNames).spliterator(), false))
                .containsExactly("moa_status", "agency_name", "possible_duplicate_of");
        assertThat(item.path("moa_status").asText()).isEqualTo("posted");
        assertThat(item.path("possible_duplicate_of").isArray()).isTrue();
        assertThat(reader.get("/v1/" + query.replace("agreements", "agreements.csv"))
                        .body()
                        .lines()
                        .findFirst())
                .hasValue("moa_status,agency_name,possible_duplicate_of");
        assertThat(reader.json("/v1/agreements?fields=agency_name,agency_name&limit=1")
                        .path("items")
                        .get(0)
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aDayOfAnInstantIsTheWholeDayInNewYork() throws Exception {
        Map.Entry<String, String> sheets = Map.entry("sheets", "");
        assertThat(count(sheets, "published_at=2025-06-04")).isEqualTo(2);
        assertThat(count(sheets, "published_at__gt=2025-06-04"))
                .isEqualTo(count(sheets, "published_at__gte=2025-06-05"));
        assertThat(count(sheets, "published_at__lte=2025-06-04")).isEqualTo(2);
        assertThat(count(sheets, "published_at__lt=2025-06-04")).isZero();
        assertThat(count(sheets, "kind=pending&status=imported")).isEqualTo(1);
        JsonNode sheet = reader.json("/v1/sheets?limit=1").path("items").get(0);
        String id = sheet.path("sheet_id").asText();
        assertThat(reader.json("/v1/sources/" + id).path("recorded_at")).isEqualTo(sheet.path("recorded_at"));
        assertThat(reader.json("/v1/sheets/" + id + "/history").path("items")).hasSize(1);
        assertThat(reader.get("/v1/sheets/" + TestLedger.id("none")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesAreTheListAsItStoodWhileImportsRun() throws Exception {
        AtomicBoolean reading = new AtomicBoolean(true);
        try (var importing = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> imports = importing.submit(() -> {
                int made = 0;
                while (reading.get() || made == 0) {
                    for (int i = 0; i < 3; i++) {
                        ledger.sign(
                                "Aardvark " + made + "/" + i + " Police Department",
                                STATES.get(i),
                                MODELS.get(i),
                                "2025-06-0" + (i + 1),
                                JUNE_9);
                    }
                    ledger.unlist(
                            "Agency " + (10 + made % 40) + ", Sheriff's Office",
                            MODELS.get((10 + made % 40) % 3),
                            JUNE_6,
                            JUNE_9);
                    publish();
                    made++;
                }
                return made;
            });
            List<String> paged = new ArrayList<>();
            LinkedHashSet<String> positions = new LinkedHashSet<>();
            String query = "sort=-agency_name&listed=any&signed_on__gte=2025-01-01";
            String cursor = "";
            int pages = 0;
            while (cursor != null) {
                JsonNode page = reader.json("/v1/agreements?limit=5&" + query + cursor);
                positions.add(page.path("feed_position").asText());
                page.path("items")
                        .forEach(item -> paged.add(item.path("agreement_id").asText()));
                cursor = page.path("next_cursor").isNull()
                        ? null
                        : "&cursor=" + page.path("next_cursor").asText();
                pages++;
            }
            reading.set(false);
            assertThat(imports.get()).isPositive();
            assertThat(pages).isGreaterThan(5);
            assertThat(positions).hasSize(1);
            List<String> then = csv("agreements", query + "&position=" + positions.getFirst()).stream()
                    .map(row -> requireNonNull(row.get("agreement_id")))
                    .toList();
            assertThat(paged).isEqualTo(then).doesNotHaveDuplicates();
            assertThat(csv("agreements", query)).hasSizeGreaterThan(then.size());
        }
    }

    /** One story, since what is loaded stays loaded. */
    @Test
    void countiesHaveTheirCodesFromTheFilesInForceAndWhatIsPinnedKeepsIts() throws Exception {
        JsonNode bare = reader.json("/v1/agreements?state=GA&county__isnull=false&limit=1");
        assertThat(bare.path("items").get(0).path("state_fips").asText()).isEqualTo("13");
        assertThat(bare.path("items").get(0).path("county_fips").isNull()).isTrue();
        assertThat(count(Map.entry("agreements", "listed=any"), "state_fips=01"))
                .isEqualTo(count(Map.entry("agreements", "listed=any"), "state=AL"))
                .isPositive();
        String position = bare.path("feed_position").asText();
        List<String> pinned = List.of(
                "/v1/agreements?listed=any&limit=1000&position=" + position,
                "/v1/agreements.csv?position=" + position,
                "/v1/agencies?position=" + position,
                "/v1/applications?position=" + position,
                "/v1/agreements?limit=1&cursor="
                        + reader.json("/v1/agreements?limit=1")
                                .path("next_cursor")
                                .asText());
        List<String> before = new ArrayList<>();
        for (String path : pinned) {
            before.add(reader.get(path).body());
        }

        load("2025_Gaz_counties_national.txt", ReferenceFiles.gazetteer("Peña County"));

        for (int i = 0; i < pinned.size(); i++) {
            assertThat(reader.get(pinned.get(i)).body()).as(pinned.get(i)).isEqualTo(before.get(i));
        }
        JsonNode coded =
                reader.json("/v1/agreements?listed=any&state=GA&limit=2&sort=agency_name&county=County%206%20County");
        JsonNode item = coded.path("items").get(0);
        assertThat(item.path("county_fips").asText()).isEqualTo("13006");
        assertThat(item.path("county_vintage").asInt()).isEqualTo(2025);
        String agency = "/v1/agencies/" + item.path("agency_id").asText();
        assertThat(reader.json(agency).path("state_fips").asText()).isEqualTo("13");
        assertThat(reader.json("/v1/agreements/" + item.path("agreement_id").asText())
                        .path("county_fips")
                        .asText())
                .isEqualTo("13006");
        assertThat(row(STRAY, "").get("county_fips")).as("no such county").isEmpty();

        // Further pages keep to the files of the first, though the cursor's position is older than they are.
        String list = "/v1/agreements?listed=any&state=GA&county__isnull=false&limit=3";
        HttpResponse<String> first = reader.get(list);
        assertThat(first.headers().firstValue("Link").orElse("")).contains("reference=");
        String next = list + "&cursor="
                + JSON.readTree(first.body()).path("next_cursor").asText();
        String second = reader.get(next).body();
        assertThat(second).contains("\"county_vintage\":2025");
        load("2026_Gaz_counties_national.txt", ReferenceFiles.gazetteer("Ñew County"));
        assertThat(reader.get(next).body()).isEqualTo(second);
        assertThat(reader.get(list).body()).contains("\"county_vintage\":2026");

        // An editor settles one.
        ledger.edit(
                "agency", "corrected", TestLedger.id(STRAY), JUNE_9, image -> image.put("county", "County 9 County"));
        publish();
        assertThat(row(STRAY, "").get("county_fips")).isEqualTo("13009");
        assertThat(row(STRAY, "&as_of=2025-06-08").get("county_fips")).isEmpty();
        assertThat(reader.get(pinned.getFirst()).body()).isEqualTo(before.getFirst());
    }

    private Map<String, String> row(String agency, String more) throws Exception {
        return csv("agreements", "agency_name=" + URLEncoder.encode(agency, StandardCharsets.UTF_8) + more)
                .getFirst();
    }

    private void load(String name, String file) throws Exception {
        HttpResponse<String> loaded = http.send(
                HttpRequest.newBuilder(root.resolve("/v1/reference"))
                        .header("Authorization", "Bearer " + Servers.ADMIN_KEY)
                        .header("Content-Type", "application/octet-stream")
                        .header("X-File-Name", name)
                        .POST(HttpRequest.BodyPublishers.ofString(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(201);
    }

    private void signOne(int i) {
        String agency = "Agency " + i + ", Sheriff's Office";
        String model = MODELS.get(i % 3);
        String day = i % 9 == 0 ? null : "2025-0%d-1%d".formatted(i % 5 + 1, i % 7);
        ledger.sign(agency, STATES.get(i % 4), model, day, JUNE_4)
                .agreement("attribute-changed", agency, model, JUNE_4, image -> {
                    image.put("county", i % 5 == 0 ? null : "County " + i + " County");
                    image.put("agency_type", i % 6 == 0 ? "municipality" : "county");
                    if (i % 11 == 0) {
                        image.putNull("state");
                        image.putNull("support_type");
                    }
                    if (i % 2 == 0) {
                        image.withObject("moa")
                                .put("status", "posted")
                                .put("url", "https://www.ice.gov/doclib/" + i + ".pdf");
                    }
                });
    }

    private void publish() throws Exception {
        agreements.publish(ledger.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
    }

    /** The columns of a list's table, as the dictionary describes them. */
    private List<Entry> columns(String list) throws Exception {
        String header =
                reader.get("/v1/" + list + ".csv").body().lines().findFirst().orElseThrow();
        List<Entry> columns = new ArrayList<>();
        for (String name : header.split(",", -1)) {
            Entry entry = Dictionary.find(list, name).orElseThrow(() -> new AssertionError(name + " of " + list));
            columns.add(entry);
        }
        return columns;
    }

    private boolean is(Map.Entry<String, String> list, String asked) throws Exception {
        int status = reader.get("/v1/" + list.getKey() + "?limit=1&" + asked).statusCode();
        assertThat(status).as(asked).isIn(200, 400);
        return status == 200;
    }

    private int count(Map.Entry<String, String> list, String asked) throws Exception {
        return ask(list, "limit=1&" + asked).path("count").asInt();
    }

    private JsonNode ask(Map.Entry<String, String> list, String asked) throws Exception {
        return reader.json("/v1/" + list.getKey() + "?" + asked + and(list.getValue()));
    }

    private static String and(String query) {
        return query.isEmpty() ? "" : "&" + query;
    }

    /** Every row with all columns of the table, or those that the query asks for. */
    private List<JsonNode> lines(String list, String query) throws Exception {
        String fields = query.contains("fields=")
                ? ""
                : "fields=" + columns(list).stream().map(Entry::name).collect(Collectors.joining(","));
        HttpResponse<String> answer = reader.get("/v1/" + list + ".ndjson?" + fields + and(query));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private List<Map<String, String>> csv(String list, String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = reader.get("/v1/" + list + ".csv?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<Map<String, String>> rows = new ArrayList<>();
        try (MappingIterator<Map<String, String>> all = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(answer.body())) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }
}
