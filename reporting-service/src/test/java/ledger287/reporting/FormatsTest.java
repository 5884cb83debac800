package ledger287.reporting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same values in every form. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FormatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final int AGREEMENTS = 2_500;

    private final Topic topic;
    private final Reader reader;
    private final URI root;
    private final HttpClient http = HttpClient.newHttpClient();

    FormatsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root) {
        this.topic = new Topic(topicName);
        this.reader = new Reader(root);
        this.root = root;
    }

    @BeforeAll
    void publish() throws Exception {
        topic.create();
        TestLedger ledger = new TestLedger();
        ledger.open(false, JUNE_4);
        for (int i = 0; i < AGREEMENTS; i++) {
            String day = i % 50 == 0 ? null : "2025-%02d-%02d".formatted(i % 6 + 1, i % 28 + 1);
            ledger.sign("=Café County No. " + i, i % 2 == 0 ? "FL" : "TX", "task_force", day, JUNE_4);
        }
        ledger.imported("participating", AGREEMENTS, JUNE_4);
        topic.publish(ledger.endAppend());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> reader.json("/v1/statistics/headline")
                                .path("agreements")
                                .asInt()
                        == AGREEMENTS);
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void csvLinesAndParquetHoldTheSameValues(@TempDir Path directory) throws Exception {
        Map<String, Map<String, String>> table = csv(text("/v1/agreements.csv"));
        assertThat(table).hasSize(AGREEMENTS);
        assertThat(reader.json("/v1/agreements?limit=1").path("count").asInt()).isEqualTo(AGREEMENTS);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : text("/v1/agreements.ndjson").lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).hasSize(AGREEMENTS);
        for (JsonNode line : lines) {
            Map<String, String> row =
                    requireNonNull(table.get(line.path("agreement_id").asText()));
            assertThat(row.get("agency_name"))
                    .isEqualTo("'" + line.path("agency_name").asText());
            assertThat(row.get("signed_on"))
                    .isEqualTo(
                            line.path("signed_on").isNull()
                                    ? ""
                                    : line.path("signed_on").asText());
            assertThat(row.get("listed")).isEqualTo(line.path("listed").asText());
        }

        Path file = Files.write(directory.resolve("agreements.parquet"), bytes("/v1/agreements.parquet"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows = duck.createStatement()
                        .executeQuery("select agreement_id, agency_name, signed_on, listed, first_listed_at from '"
                                + file + "'")) {
            assertThat(rows.getMetaData().getColumnTypeName(3)).isEqualTo("DATE");
            assertThat(rows.getMetaData().getColumnTypeName(4)).isEqualTo("BOOLEAN");
            assertThat(rows.getMetaData().getColumnTypeName(5)).startsWith("TIMESTAMP");
            int read = 0;
            while (rows.next()) {
                read++;
                Map<String, String> row = requireNonNull(table.get(rows.getString(1)));
                assertThat("'" + rows.getString(2)).isEqualTo(row.get("agency_name"));
                assertThat(rows.getObject(3) == null ? "" : rows.getObject(3).toString())
                        .isEqualTo(row.get("signed_on"));
                assertThat(String.valueOf(rows.getBoolean(4))).isEqualTo(row.get("listed"));
            }
            assertThat(read).isEqualTo(AGREEMENTS);
        }
    }

    @Test
    void statisticsComeAsTypedTablesToo(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("states.parquet"), bytes("/v1/statistics/states.parquet"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet sum = duck.createStatement().executeQuery("select sum(agreements) from '" + file + "'")) {
            sum.next();
            assertThat(sum.getInt(1)).isEqualTo(AGREEMENTS);
        }
        JsonNode line = JSON.readTree(
                text("/v1/statistics/states.ndjson").lines().toList().getFirst());
        assertThat(line.path("agreements").isNumber()).isTrue();
    }

    @Test
    void excelIsToldThatItIsUtf8AndNobodyElse() throws Exception {
        assertThat(bytes("/v1/agreements.csv?excel=1")).startsWith(0xef, 0xbb, 0xbf);
        assertThat(bytes("/v1/agreements.csv")).startsWith('a');
        assertThat(text("/v1/agreements.csv?excel=1")).contains("'=Café County");
        assertThat(reader.get("/v1/agreements.csv?excel=yes").statusCode()).isEqualTo(400);
        assertThat(reader.get("/v1/agreements.xml").body()).contains(".parquet");
    }

    private String text(String path) throws IOException, InterruptedException {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        return answer.body();
    }

    private static Map<String, Map<String, String>> csv(String text) throws IOException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (MappingIterator<Map<String, String>> all = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            while (all.hasNext()) {
                Map<String, String> row = all.next();
                rows.put(row.get("agreement_id"), row);
            }
        }
        return rows;
    }
}
