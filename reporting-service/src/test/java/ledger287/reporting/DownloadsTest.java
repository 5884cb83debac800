package ledger287.reporting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import ledger287.reporting.TestOperations.Figure;
import ledger287.reporting.dictionary.Dictionary;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a data desk does with the tables: fetches them in every form, joins them, keeps them, cites them. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DownloadsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAY_20 = "2025-05-20T13:00:00Z";
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T16:00:00Z";
    private static final String TFM = "task_force";
    private static final String STATES = "/v1/statistics/states";
    private static final String COUNTIES = "/v1/statistics/counties";

    /** Address and name of every table that is served. */
    private static final Map<String, String> TABLES = tables();

    private final Topic topic;
    private final Topic operationsTopic;
    private final URI root;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestLedger ledger = new TestLedger();

    DownloadsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root) {
        this.topic = new Topic(topic);
        this.operationsTopic = new Topic(operationsTopic);
        this.root = root;
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String list : List.of(
                "agreements", "agencies", "applications", "operations", "claims", "sources", "changes", "dictionary")) {
            tables.put("/v1/" + list, list);
        }
        for (String statistic : List.of("headline", "states", "coverage", "counties")) {
            tables.put("/v1/statistics/" + statistic, statistic);
        }
        tables.put("/v1/agreements?listed=any&on=2025-06-05", "agreements");
        tables.put("/v1/statistics/applications", "applications_funnel");
        for (String by : List.of("model", "state", "agency_type", "region")) {
            tables.put("/v1/statistics/series?interval=month&by=" + by, "series");
        }
        for (String measure : List.of("agencies", "new_agreements", "unlisted", "pending_applications")) {
            tables.put("/v1/statistics/series?interval=month&basis=listed&measure=" + measure, "series");
        }
        for (String measure : List.of("operations", "arrests")) {
            tables.put("/v1/statistics/series?interval=month&by=state&measure=" + measure, "series");
        }
        tables.put("/v1/statistics/revisions?between=2025-05-21,2025-06-20", "revisions");
        return tables;
    }

    @BeforeAll
    void publish() throws Exception {
        topic.create();
        ledger.open(true, MAY_20)
                .sign("County 7 Sheriff's Office", "GA", TFM, "2025-05-01", MAY_20)
                .sign("=cmd|' /C calc'!A0 County", "AL", TFM, null, MAY_20)
                .sign("Zürichsee \"Point\", County", "AK", "jail_enforcement", "2019-07-04", MAY_20)
                .agreement(
                        "corrected",
                        "County 7 Sheriff's Office",
                        TFM,
                        MAY_20,
                        image -> image.put("county", "County 7 County"))
                .imported("participating", 3, MAY_20)
                .file("Waiting County Sheriff's Office", "AL", TFM, MAY_20)
                .imported("pending", 1, MAY_20)
                .sign("Late County Sheriff's Office", "AL", TFM, "2025-05-02", JUNE_4)
                .unlist("County 7 Sheriff's Office", TFM, MAY_20, JUNE_4)
                .sign("County 8 Sheriff's Office", "GA", TFM, "2025-06-03", JUNE_4)
                .agreement(
                        "corrected",
                        "County 8 Sheriff's Office",
                        TFM,
                        JUNE_4,
                        image -> image.put("county", "County 8 County"))
                .imported("participating", 4, JUNE_4);
        topic.publish(ledger.endAppend());
        awaitPosition("agreements:" + ledger.position());
        assertThat(get(STATES + ".geojson").statusCode()).isEqualTo(409);
        assertThat(text(get(STATES + ".geojson"))).contains("./ledger reference FILE");
        assertThat(get(COUNTIES + ".zip").statusCode()).isEqualTo(409);

        operationsTopic.create();
        TestOperations operations = new TestOperations();
        operations
                .open(JUNE_6)
                .record("A sweep", "GA", JUNE_6, image -> {
                    TestOperations.start(image, "2025-05-01", "month");
                    TestOperations.partner(image, "County 7 Sheriff", "GA");
                })
                .claim("196", "A sweep", "arrests", Figure.exactly(196), TestOperations.ICE, true, JUNE_6)
                .claim("most", "A sweep", "convicted", Figure.majorityOf(196), TestOperations.ICE, true, JUNE_6);
        operationsTopic.publish(operations.endAppend());
        awaitPosition("operations:" + operations.position());
        load("2025_Gaz_counties_national.txt", ReferenceFiles.gazetteer("Peña County"));
        load("co-est2023.csv", ReferenceFiles.estimates(2023, "Peña County"));
    }

    @AfterAll
    void close() {
        topic.close();
        operationsTopic.close();
    }

    @Test
    void everyColumnThatIsServedStandsInTheDictionary() throws Exception {
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            String header =
                    text(get(in(table.getKey(), "csv"))).lines().findFirst().orElse("");
            assertThat(header).as(table.getKey()).isNotEmpty();
            for (String column : header.split(",", -1)) {
                assertThat(Dictionary.find(table.getValue(), column))
                        .as("dictionary.csv says what %s of %s means".formatted(column, table.getValue()))
                        .isPresent();
            }
        }
    }

    @Test
    void anIndependentReaderFindsTheSameValuesInCsvAndParquetAndAsManyLinesAsNdjson(@TempDir Path directory)
            throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement ask = duck.createStatement()) {
            ask.execute("set timezone = 'UTC'");
            for (String table : TABLES.keySet()) {
                Path csv = Files.write(directory.resolve("t.csv"), body(get(in(table, "csv"))));
                Path parquet = Files.write(directory.resolve("t.parquet"), body(get(in(table, "parquet"))));
                Map<String, String> types = types(ask, "select * from '" + parquet + "'");
                String fromCsv = "select "
                        + String.join(
                                ", ",
                                types.entrySet().stream()
                                        .map(column -> column.getValue().equals("VARCHAR")
                                                ? "regexp_replace(\"%1$s\", '^''([=+@\\t\\r-])', '\\1') as \"%1$s\""
                                                        .formatted(column.getKey())
                                                : '"' + column.getKey() + '"')
                                        .toList())
                        + " from read_csv('%s', header = true, nullstr = '', columns = {%s})"
                                .formatted(
                                        csv,
                                        String.join(
                                                ", ",
                                                types.entrySet().stream()
                                                        .map(column -> "'%s': '%s'"
                                                                .formatted(column.getKey(), column.getValue()))
                                                        .toList()));
                String fromParquet = "select * from '" + parquet + "'";
                assertThat(count(ask, fromCsv + " except all " + fromParquet))
                        .as("in CSV only: " + table)
                        .isZero();
                assertThat(count(ask, fromParquet + " except all " + fromCsv))
                        .as("in Parquet only: " + table)
                        .isZero();
                if (!table.startsWith("/v1/changes")) {
                    assertThat(text(get(in(table, "ndjson"))).lines().count())
                            .as("lines: " + table)
                            .isEqualTo(count(ask, fromParquet));
                }
            }
            Files.write(directory.resolve("states.parquet"), body(get(STATES + ".parquet")));
            try (ResultSet row = ask.executeQuery("select state_fips, typeof(state_fips) from '"
                    + directory.resolve("states.parquet") + "' where state = 'AL'")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("01");
                assertThat(row.getString(2)).isEqualTo("VARCHAR");
            }
        }
    }

    @Test
    void aPackageHasTheTableItsDictionaryItsSchemaAndACitation() throws Exception {
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            byte[] archive = body(get(in(table.getKey(), "zip")));
            keep(table.getKey(), archive);
            Map<String, byte[]> files = files(archive);
            String name = table.getValue();
            assertThat(files.keySet())
                    .as(table.getKey())
                    .contains(name + ".csv", "dictionary.csv", "datapackage.json", "CITATION.txt");
            assertThat(files.get(name + ".csv")).isEqualTo(body(get(in(table.getKey(), "csv"))));
            JsonNode description = JSON.readTree(files.get("datapackage.json"));
            assertThat(description.path("name").asText()).matches("[a-z0-9._-]+");
            assertThat(description.path("resources"))
                    .extracting(resource -> resource.path("name").asText())
                    .doesNotHaveDuplicates();
            assertThat(description.path("sources")).isNotEmpty();
            assertThat(description.has("licenses")).as("none is stated").isFalse();
            for (JsonNode resource : description.path("resources")) {
                byte[] file = requireNonNull(files.get(resource.path("path").asText()));
                assertThat(resource.path("bytes").asLong()).isEqualTo(file.length);
                assertThat(resource.path("hash").asText())
                        .isEqualTo("sha256:"
                                + HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(file)));
                if (resource.path("format").asText().equals("csv")) {
                    assertThat(String.join(",", names(resource)))
                            .isEqualTo(new String(file, StandardCharsets.UTF_8)
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
                    resource.path("schema").path("primaryKey").forEach(column -> assertThat(names(resource))
                            .contains(column.asText()));
                }
            }
            String citation = new String(files.get("CITATION.txt"), StandardCharsets.UTF_8);
            assertThat(citation)
                    .contains("SAMPLE DATA, not real")
                    .contains("position=")
                    .contains("Columns of ");
        }
    }

    @Test
    void everyFigureAndListComesWithALineToQuoteItByAndWithWhatItMeans() throws Exception {
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            if (List.of("changes", "dictionary").contains(table.getValue())) {
                continue;
            }
            JsonNode answer = JSON.readTree(body(get(table.getKey())));
            assertThat(answer.path("citation").asText())
                    .as(table.getKey())
                    .startsWith("SAMPLE DATA, not real: ")
                    .contains(" ledger287, http")
                    .contains("position=");
            if (table.getKey().startsWith("/v1/statistics/")) {
                assertThat(answer.path("definitions").properties())
                        .as(table.getKey())
                        .isNotEmpty();
            } else {
                assertThat(answer.path("citation").asText())
                        .contains(": " + answer.path("count").asText() + " " + table.getValue() + ", as of ");
                assertThat(answer.path("dictionary").asText()).endsWith("/v1/dictionary?table=" + table.getValue());
                assertThat(Dictionary.of(table.getValue())).isNotEmpty();
            }
        }
        for (String map : List.of(STATES + ".geojson", COUNTIES + ".geojson")) {
            JsonNode answer = JSON.readTree(body(get(map)));
            assertThat(answer.path("citation").asText()).startsWith("SAMPLE DATA, not real: ");
            assertThat(answer.path("definitions").path("agreements").asText())
                    .as(map)
                    .isNotEmpty();
        }
        assertThat(JSON.readTree(body(get("/v1/agreements?as_of=2025-01-01")))
                        .path("citation")
                        .asText())
                .contains("No agreements were known, as of 2025-01-01");
    }

    @Test
    void aTableWithoutRowsHasItsColumnsInEveryForm(@TempDir Path directory) throws Exception {
        Map<String, String> empty = new LinkedHashMap<>();
        empty.put("/v1/statistics/series?as_of=2025-01-01&by=model", "series");
        empty.put("/v1/statistics/series?as_of=2025-01-01&by=state&measure=arrests", "series");
        empty.put("/v1/statistics/series?as_of=2025-01-01&measure=operations", "series");
        empty.put(COUNTIES + "?state=GU", "counties");
        empty.put(STATES + "?state=FL&region=west", "states");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement ask = duck.createStatement()) {
            for (Map.Entry<String, String> table : empty.entrySet()) {
                List<String> lines =
                        text(get(in(table.getKey(), "csv"))).lines().toList();
                assertThat(lines).as(table.getKey()).hasSize(1);
                List<String> columns = List.of(lines.getFirst().split(",", -1));
                for (String column : columns) {
                    assertThat(Dictionary.find(table.getValue(), column))
                            .as(column)
                            .isPresent();
                }
                assertThat(body(get(in(table.getKey(), "ndjson")))).isEmpty();
                Path parquet = Files.write(directory.resolve("t.parquet"), body(get(in(table.getKey(), "parquet"))));
                assertThat(types(ask, "select * from '" + parquet + "'").keySet())
                        .containsExactlyElementsOf(columns);
                assertThat(count(ask, "select * from '" + parquet + "'")).isZero();
                Map<String, byte[]> files = files(body(get(in(table.getKey(), "zip"))));
                assertThat(files.get(table.getValue() + ".csv")).isEqualTo(body(get(in(table.getKey(), "csv"))));
                assertThat(names(JSON.readTree(files.get("datapackage.json"))
                                .path("resources")
                                .path(0)))
                        .isEqualTo(columns);
            }
        }
        assertThat(text(get("/v1/statistics/series.csv?by=model&interval=month"))
                        .lines()
                        .findFirst())
                .as("the same as with rows")
                .isEqualTo(text(get("/v1/statistics/series.csv?as_of=2025-01-01&by=model"))
                        .lines()
                        .findFirst());
    }

    @Test
    void thePackageOfStatesKeepsFipsCodesAsText() throws Exception {
        Map<String, byte[]> files = files(body(get(STATES + ".zip")));
        JsonNode schema = JSON.readTree(files.get("datapackage.json"))
                .path("resources")
                .path(0)
                .path("schema");
        Map<String, String> types = new TreeMap<>();
        schema.path("fields")
                .forEach(field -> types.put(
                        field.path("name").asText(), field.path("type").asText()));
        assertThat(types).containsEntry("state_fips", "string").containsEntry("agreements", "integer");
        assertThat(schema.path("primaryKey")).isEqualTo(JSON.createArrayNode().add("state"));
        assertThat(new String(files.get("states.csv"), StandardCharsets.UTF_8)).contains("\nAL,Alabama,01,");
        assertThat(new String(files.get("dictionary.csv"), StandardCharsets.UTF_8))
                .contains("state_fips")
                .doesNotContain("moa_url");
        assertThat(new String(files.get("CITATION.txt"), StandardCharsets.UTF_8))
                .contains("Definitions\n- agreements: ");
    }

    @Test
    void thePackageThatAPositionPinsIsTheSameForEverByteForByte() throws Exception {
        String position =
                get("/v1/agreements").headers().firstValue("Feed-Position").orElseThrow();
        String address = "/v1/agreements.zip?position=" + position;
        byte[] before = body(get(address));
        ledger.sign("Newcomer County Sheriff's Office", "TX", TFM, "2025-06-05", JUNE_6)
                .imported("participating", 5, JUNE_6);
        topic.publish(ledger.endAppend());
        awaitPosition("agreements:" + ledger.position());
        HttpResponse<byte[]> after = get(address);
        assertThat(after.body()).isEqualTo(before);
        assertThat(after.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(body(get("/v1/agreements.zip"))).isNotEqualTo(before);
    }

    @Test
    void theWholeChangeLogIsOneDownload() throws Exception {
        Map<String, byte[]> files = files(body(get("/v1/changes.zip")));
        List<String> lines = new String(requireNonNull(files.get("changes.ndjson")), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines.size() + 1)
                .isEqualTo(new String(requireNonNull(files.get("changes.csv")), StandardCharsets.UTF_8)
                        .lines()
                        .count());
        assertThat(JSON.readTree(lines.getFirst()).path("type").asText()).isEqualTo("org.ledger287.ledger.opened.v1");
        assertThat(text(get("/v1/changes.ndjson")).lines()).containsAll(lines);
    }

    @Test
    void onAMapCountiesStandWhereTheCensusBureauPutsThemAndStatesAmongTheirCounties() throws Exception {
        HttpResponse<byte[]> answer = get(COUNTIES + ".geojson?listed=any");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/geo+json");
        JsonNode counties = JSON.readTree(answer.body());
        assertThat(counties.path("type").asText()).isEqualTo("FeatureCollection");
        assertThat(counties.path("features")).hasSize(ReferenceFiles.COUNTIES);
        JsonNode eighth = counties.path("features").path(8);
        assertThat(eighth.path("id").asText()).isEqualTo("13008");
        assertThat(eighth.path("geometry").path("type").asText()).isEqualTo("Point");
        assertThat(eighth.path("geometry").path("coordinates").toString()).isEqualTo("[-86.000008,32.000008]");
        assertThat(eighth.path("properties").path("by_model_task_force").asInt())
                .isEqualTo(1);
        assertThat(eighth.path("properties").path("state_fips").asText()).isEqualTo("13");
        assertThat(counties.path("citation").asText()).contains("reference=");

        JsonNode states =
                JSON.readTree(get(STATES, "Accept", "application/geo+json").body());
        assertThat(states.path("features")).hasSize(56);
        assertThat(states.path("points").asText()).contains("mean");
        for (JsonNode state : states.path("features")) {
            if (state.path("id").asText().equals("GA")) {
                assertThat(state.path("geometry").path("coordinates").path(0).asDouble())
                        .isBetween(-86.001, -86.0);
            } else {
                assertThat(state.get("geometry").isNull())
                        .as("nobody told where")
                        .isTrue();
            }
        }
        assertThat(text(get(STATES + "?reference=abc"))).contains("reference");
    }

    @Test
    void whatHasNoSuchFormIsRefusedInWords() throws Exception {
        HttpResponse<byte[]> map = get("/v1/agreements.geojson");
        assertThat(map.statusCode()).isEqualTo(406);
        assertThat(text(map)).contains("no form .geojson").contains(".zip are served here");
        String id = TestLedger.id("County 7 Sheriff's Office" + TFM).toString();
        assertThat(get("/v1/agreements/" + id + ".json").statusCode()).isEqualTo(200);
        assertThat(get("/v1/agreements/" + id + ".zip").statusCode()).isEqualTo(406);
        assertThat(head("/v1/agreements/" + id + ".zip").statusCode()).isEqualTo(406);
        assertThat(text(get("/v1/agreements/" + id + "/history.csv"))).contains(".json is served here");
        assertThat(get("/v1/agreements", "Accept", "application/xml").statusCode())
                .isEqualTo(406);
        assertThat(get("/v1/agreements", "Accept", "text/html,*/*;q=0.1").statusCode())
                .isEqualTo(200);
        assertThat(get("/v1/agreements.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void headTellsWhatGetWouldInEveryFormAndSendsNothing() throws Exception {
        for (String address : List.of(
                "/v1/agreements",
                "/v1/agreements?limit=1",
                "/v1/agreements.csv",
                "/v1/agreements.ndjson",
                "/v1/agreements.parquet",
                "/v1/agreements.zip",
                COUNTIES + ".geojson",
                "/v1/statistics/headline",
                "/v1/changes.ndjson",
                "/v1/changes.atom",
                "/v1/dictionary")) {
            for (String coding : List.of("identity", "gzip")) {
                for (int time = 0; time < 2; time++) {
                    HttpResponse<byte[]> whole = get(address, "Accept-Encoding", coding);
                    HttpResponse<byte[]> head = head(address, "Accept-Encoding", coding);
                    assertThat(head.statusCode()).isEqualTo(200);
                    assertThat(head.body()).isEmpty();
                    assertThat(lasting(head)).as(address + " in " + coding).isEqualTo(lasting(whole));
                }
            }
        }
        assertThat(head("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(head("/v1/agreements?limit=-1").statusCode()).isEqualTo(400);
    }

    @Test
    void compressedAnswersAreTheSameAnswersUnderTagsOfTheirOwn() throws Exception {
        for (String form : List.of("json", "csv", "ndjson", "parquet", "zip")) {
            String address = "/v1/agreements." + form;
            HttpResponse<byte[]> plain = get(address);
            String tag = plain.headers().firstValue("ETag").orElseThrow();
            assertThat(tag).doesNotStartWith("W/");
            assertThat(plain.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
            for (int time = 0; time < 2; time++) {
                HttpResponse<byte[]> compressed = get(address, "Accept-Encoding", "br, gzip;q=0.5");
                boolean gzip = !List.of("csv", "ndjson", "parquet", "zip").contains(form);
                assertThat(compressed.headers().firstValue("Content-Encoding"))
                        .as(address)
                        .isEqualTo(gzip ? java.util.Optional.of("gzip") : java.util.Optional.empty());
                String other = compressed.headers().firstValue("ETag").orElseThrow();
                assertThat(other).isEqualTo(gzip ? tag.replaceFirst("\"$", "-gzip\"") : tag);
                assertThat(
                                gzip
                                        ? new GZIPInputStream(new ByteArrayInputStream(compressed.body()))
                                                .readAllBytes()
                                        : compressed.body())
                        .isEqualTo(plain.body());
                for (String known : List.of(tag, other, "W/" + other)) {
                    HttpResponse<byte[]> again = get(address, "If-None-Match", known, "Accept-Encoding", "gzip");
                    assertThat(again.statusCode()).isEqualTo(304);
                    assertThat(again.headers().firstValue("ETag")).hasValue(other);
                    assertThat(again.headers().firstValue("Content-Encoding")).isEmpty();
                    assertThat(again.body()).isEmpty();
                }
            }
            for (String refusing : List.of("gzip;q=0, br", "identity", "deflate", "br")) {
                HttpResponse<byte[]> refused = get(address, "Accept-Encoding", refusing);
                assertThat(refused.headers().firstValue("Content-Encoding"))
                        .as(refusing)
                        .isEmpty();
                assertThat(refused.headers().firstValue("ETag")).hasValue(tag);
                assertThat(refused.body()).isEqualTo(plain.body());
            }
        }
    }

    /** Keeps a package for trials by hand with other programs: {@code -Dledger287.downloads=DIR}. */
    private static void keep(String address, byte[] archive) throws IOException {
        String directory = System.getProperty("ledger287.downloads");
        if (directory != null) {
            Files.write(
                    Files.createDirectories(Path.of(directory))
                            .resolve(address.replaceAll("[^a-z_0-9]+", "-") + ".zip"),
                    archive);
        }
    }

    /** All headers but those of the moment and of the way in which bytes are sent. */
    private static Map<String, List<String>> lasting(HttpResponse<byte[]> answer) {
        Map<String, List<String>> lasting = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lasting.putAll(answer.headers().map());
        lasting.keySet().removeAll(List.of("date", "transfer-encoding", "content-length"));
        return lasting;
    }

    private static List<String> names(JsonNode resource) {
        List<String> names = new ArrayList<>();
        resource.path("schema")
                .path("fields")
                .forEach(field -> names.add(field.path("name").asText()));
        return names;
    }

    private static Map<String, String> types(Statement ask, String query) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (ResultSet column = ask.executeQuery("describe " + query)) {
            while (column.next()) {
                types.put(column.getString(1), column.getString(2));
            }
        }
        return types;
    }

    private static long count(Statement ask, String query) throws SQLException {
        try (ResultSet row = ask.executeQuery("select count(*) from (" + query + ")")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<String, byte[]> files(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /** The same address in another form. */
    private static String in(String address, String form) {
        int query = address.indexOf('?');
        return query < 0 ? address + "." + form : address.substring(0, query) + "." + form + address.substring(query);
    }

    private void awaitPosition(String position) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/v1/statistics/headline?wait=30&min_position=" + position);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    }

    private void load(String name, String file) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(root.resolve("/v1/reference"))
                        .header("Authorization", "Bearer " + Servers.ADMIN_KEY)
                        .header("X-File-Name", name)
                        .POST(BodyPublishers.ofString(file))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<byte[]> get(String address, String... headers) throws IOException, InterruptedException {
        return send("GET", address, headers);
    }

    private HttpResponse<byte[]> head(String address, String... headers) throws IOException, InterruptedException {
        return send("HEAD", address, headers);
    }

    private HttpResponse<byte[]> send(String method, String address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(address)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return answer.body();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
