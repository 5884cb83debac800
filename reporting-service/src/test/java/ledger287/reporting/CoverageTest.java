package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ledger287.reporting.dictionary.Dictionary;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Coverage, with counties and people from files that an operator loads. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CoverageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_9 = "2025-06-09T13:00:00Z";
    private static final String TFM = "task_force";
    private static final String LOST = "Lost County Sheriff's Office";
    private static final String COVERAGE = "/v1/statistics/coverage";

    private final Topic topic;
    private final Reader reader;
    private final URI root;
    private final TestLedger ledger = new TestLedger();
    private final HttpClient http = HttpClient.newHttpClient();

    CoverageTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root) {
        this.topic = new Topic(topicName);
        this.reader = new Reader(root);
        this.root = root;
    }

    @BeforeAll
    void publishHistory() throws Exception {
        topic.create();
        ledger.open(true, JUNE_4);
        signIn("Peña County Sheriff's Office", "Peña County");
        signIn("County 7 Sheriff's Office", "County 7 County");
        signIn("County 7 Jail", "COUNTY 7");
        signIn(LOST, "Countty 9 County");
        signIn("Silent County Sheriff's Office", null);
        ledger.imported("participating", 5, JUNE_4);
        publish();
    }

    @AfterAll
    void close() {
        topic.close();
    }

    /** One story, since what is loaded stays loaded. */
    @Test
    void coverageNeedsFilesOfTheBureauAndTellsWhichCountiesItCouldNotFind() throws Exception {
        HttpResponse<String> refused = reader.get(COVERAGE);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("./ledger reference FILE").contains("county_points");
        assertThat(reader.get(COVERAGE + ".csv").statusCode()).isEqualTo(409);

        assertThat(load(
                                "2025_Gaz_counties_national.txt",
                                ReferenceFiles.gazetteer("Peña County"),
                                StandardCharsets.UTF_8)
                        .statusCode())
                .isEqualTo(201);
        assertThat(reader.get(COVERAGE).body()).contains("county_population");
        HttpResponse<String> loaded =
                load("co-est2023.csv", ReferenceFiles.estimates(2023, "Peña County"), StandardCharsets.ISO_8859_1);
        assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(201);
        assertThat(JSON.readTree(loaded.body()).path("vintage").asInt()).isEqualTo(2023);

        HttpResponse<String> before = reader.get(COVERAGE);
        JsonNode coverage = JSON.readTree(before.body());
        assertThat(coverage.path("counties").asInt()).isEqualTo(2);
        assertThat(coverage.path("population").asInt()).isEqualTo(1_000 + 1_007);
        assertThat(coverage.path("population_total").asInt()).isEqualTo(2_500_000);
        assertThat(coverage.path("share_percent").asText()).isEqualTo("0.08");
        assertThat(coverage.path("by_model").path(TFM).path("counties").asInt()).isEqualTo(2);
        assertThat(coverage.path("largest_counties")).hasSize(25);
        assertThat(coverage.path("largest_places").isNull()).isTrue();
        assertThat(coverage.path("largest_places_missing").asText()).contains("sub-est");
        assertThat(coverage.path("unmatched").findValuesAsText("reason"))
                .containsExactlyInAnyOrder("no_such_county", "unknown");
        assertThat(coverage.path("population_source").path("file_name").asText())
                .isEqualTo("co-est2023.csv");
        assertThat(coverage.path("citation").asText()).contains("reference=").contains("position=");
        assertThat(reader.json(COVERAGE + "?state=AL").path("counties").asInt()).isZero();
        String permalink = coverage.path("citation").asText().replaceFirst("(?s).*http://localhost:8080", "");
        String cited = reader.get(permalink).body();

        assertThat(reader.json("/v1/statistics/counties").path("count").asInt()).isEqualTo(2);
        assertThat(reader.json("/v1/statistics/counties?listed=any")
                        .path("count")
                        .asInt())
                .isEqualTo(ReferenceFiles.COUNTIES);
        assertThat(reader.get("/v1/statistics/counties.csv").body())
                .contains("\n13000,2025,GA,13,Peña County,32.0,-86.0,1000,1,1,0,0,0\n");

        for (String table : List.of(
                "agreements",
                "agencies",
                "applications",
                "operations",
                "claims",
                "sources",
                "changes",
                "statistics/headline",
                "statistics/states",
                "statistics/series?by=model",
                "statistics/series?by=state",
                "statistics/series?by=region",
                "statistics/series?by=agency_type",
                "statistics/applications",
                "statistics/coverage",
                "statistics/counties",
                "statistics/revisions?between=2025-06-04")) {
            assertDescribed(table);
        }

        // Who corrects something else, or takes something back, has said nothing of the county.
        ledger.edit("agency", "corrected", TestLedger.id(LOST), JUNE_6, image -> image.put("agency_type", "county"))
                .change(
                        "agency",
                        "corrected",
                        TestLedger.id(LOST),
                        JUNE_6,
                        image -> image.put("county", "County 8 County"));
        publish();
        assertThat(reader.json(COVERAGE).path("settled")).isEmpty();
        assertThat(reader.json(COVERAGE).path("unmatched")).hasSize(2);

        // An editor settles one: an event of the ledger, by which the answer of that day does not change.
        ledger.edit(
                "agency", "corrected", TestLedger.id(LOST), JUNE_6, image -> image.put("county", "County 9 County"));
        publish();
        JsonNode settled = reader.json(COVERAGE);
        assertThat(settled.path("counties").asInt()).isEqualTo(3);
        assertThat(settled.path("settled").path(0).path("county_fips").asText()).isEqualTo("13009");
        assertThat(settled.path("unmatched")).hasSize(1);
        assertThat(reader.json(COVERAGE + "?as_of=2025-06-05").path("counties").asInt())
                .isEqualTo(2);

        // Newer files count from now on; what was pinned stays.
        assertThat(load("co-est2024.csv", ReferenceFiles.estimates(2024, "Peña County"), StandardCharsets.UTF_8)
                        .statusCode())
                .isEqualTo(201);
        assertThat(load("again.csv", ReferenceFiles.estimates(2024, "Peña County"), StandardCharsets.UTF_8)
                        .statusCode())
                .isEqualTo(200);
        assertThat(reader.json(COVERAGE)
                        .path("population_source")
                        .path("vintage")
                        .asInt())
                .isEqualTo(2024);
        assertThat(reader.get(permalink).body()).isEqualTo(cited);
        assertThat(reader.get(COVERAGE + "?as_of=" + coverage.path("as_of").asText() + "&position="
                                + coverage.path("feed_position").asText())
                        .body())
                .as("pinned by the position alone")
                .isEqualTo(cited);
        assertThat(reader.json("/v1/reference").path("count").asInt()).isEqualTo(3);

        // A county that is no more is found in an older file, and adds no people.
        signIn("Former County Sheriff's Office", "Former County");
        ledger.imported("participating", 6, JUNE_9);
        publish();
        assertThat(load(
                                "2018_Gaz_counties_national.txt",
                                ReferenceFiles.gazetteer("14000", "Former County"),
                                StandardCharsets.UTF_8)
                        .statusCode())
                .isEqualTo(201);
        JsonNode rows = reader.json("/v1/statistics/counties");
        assertThat(rows.path("items").path(0).path("county_vintage").asInt()).isEqualTo(2025);
        JsonNode former = rows.path("items").path(rows.path("items").size() - 1);
        assertThat(former.path("county_fips").asText()).isEqualTo("14000");
        assertThat(former.path("county_vintage").asInt()).isEqualTo(2018);
        assertThat(former.path("population").isNull()).isTrue();
        assertThat(reader.json(COVERAGE).path("unmatched")).hasSize(1);
        assertThat(reader.json(COVERAGE).path("without_population")).hasSize(1);
    }

    /** Every column of a table has its entry in the dictionary. */
    private void assertDescribed(String table) throws Exception {
        String path = table.replaceFirst("\\?.*", "");
        String query = table.substring(path.length());
        String name = path.equals("statistics/applications") ? "applications_funnel" : path.replaceFirst(".*/", "");
        String header = reader.get("/v1/" + path + ".csv" + query)
                .body()
                .lines()
                .findFirst()
                .orElse("");
        assertThat(header).as(table).isNotEmpty();
        assertThat(header.split(",", -1)).as(table).allSatisfy(column -> assertThat(Dictionary.find(name, column))
                .as("%s of %s", column, table)
                .isPresent());
        assertThat(reader.json("/v1/dictionary?table=" + name).path("count").asInt())
                .isPositive();
    }

    @Test
    void whatIsNoReferenceFileIsRefusedInWordsAndOnlyAdminsLoad() throws Exception {
        HttpResponse<String> page = load("page.csv", "<html>Access Denied</html>", StandardCharsets.UTF_8);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("none of the files");
        String whole = ReferenceFiles.gazetteer("Half County");
        HttpResponse<String> half =
                load("2025_Gaz.txt", whole.substring(0, whole.length() / 2), StandardCharsets.UTF_8);
        assertThat(half.statusCode()).isEqualTo(422);
        HttpResponse<String> nameless = load("counties.txt", whole, StandardCharsets.UTF_8);
        assertThat(nameless.body()).contains("vintage");
        assertThat(send("2025_Gaz.txt", whole, StandardCharsets.UTF_8, Servers.EDITOR_KEY)
                        .statusCode())
                .isEqualTo(403);
    }

    private void signIn(String agency, @org.jspecify.annotations.Nullable String county) {
        ledger.sign(agency, "GA", TFM, "2025-03-01", JUNE_4)
                .agreement("attribute-changed", agency, TFM, JUNE_4, image -> image.put("county", county));
    }

    private HttpResponse<String> load(String name, String file, Charset charset)
            throws IOException, InterruptedException {
        return send(name, file, charset, Servers.ADMIN_KEY);
    }

    private HttpResponse<String> send(String name, String file, Charset charset, String key)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(root.resolve("/v1/reference"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/octet-stream")
                        .header("X-File-Name", name)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file.getBytes(charset)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void publish() throws Exception {
        topic.publish(ledger.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
    }
}
