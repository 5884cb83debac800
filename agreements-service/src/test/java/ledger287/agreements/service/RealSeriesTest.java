package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import ledger287.agreements.sheet.Publication;
import ledger287.service.testing.FreshLedger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** All of ICE's workbooks in order, through the door that everybody uses. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
final class RealSeriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyWorkbookIsTakenInAndEveryRowAccountedForAndEveryEventPublished() throws IOException {
        List<Path> workbooks = workbooks();
        Map<String, Integer> listed = new HashMap<>();
        for (Path workbook : workbooks) {
            JsonPath report = importWorkbook(workbook)
                    .then()
                    .statusCode(201)
                    .body("invariants.holds", everyItem(equalTo(true)))
                    .extract()
                    .jsonPath();
            assertThat(report.getInt("listed_after")).as(workbook.toString()).isEqualTo(report.getInt("rows.data"));
            assertThat(rows(report.getString("sheet_id")))
                    .as(workbook.toString())
                    .hasSize(report.getInt("rows.data"))
                    .doesNotHaveDuplicates();
            listed.put(name(workbook), report.getInt("listed_after"));
        }
        assertThat(listed)
                .containsEntry("participatingAgencies05162025am.xlsx", 571)
                .containsEntry("participatingAgencies06062025am.xlsx", 649)
                .containsEntry("participatingAgencies06272025am.xlsx", 737)
                .containsEntry("pendingAgencies05152025am.xlsx", 92)
                .containsEntry("pendingAgencies06062025am.xlsx", 79)
                .containsEntry("pendingAgencies06272025am.xlsx", 61);

        String head = Api.position();
        for (Path workbook : workbooks) {
            importWorkbook(workbook).then().statusCode(200).body("already_imported", equalTo(true));
        }
        assertThat(Api.position()).isEqualTo(head);

        long last = Long.parseLong(head.substring("agreements:".length()));
        assertThat(positionsOnTopic(last))
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    }

    private static Response importWorkbook(Path workbook) throws IOException {
        return Api.upload(name(workbook), Files.readAllBytes(workbook))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post("/v1/sheets");
    }

    private static List<Integer> rows(String sheet) {
        JsonPath page = given().queryParam("limit", 1000)
                .get("/v1/sheets/{id}/rows", sheet)
                .then()
                .statusCode(200)
                .body("next_cursor", nullValue())
                .extract()
                .jsonPath();
        return page.getList("items.ordinal");
    }

    private static List<Long> positionsOnTopic(long last) {
        String topic = ConfigProvider.getConfig().getValue("ledger287.kafka.topic", String.class);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        List<Long> positions = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    positions.add(JSON.readTree(record.value()).get("sequence").asLong());
                }
                return positions.size() >= last;
            });
        }
        return positions;
    }

    private static List<Path> workbooks() throws IOException {
        String sheets = System.getProperty("ledger287.sheets", "");
        boolean there = !sheets.isBlank() && Files.isDirectory(Path.of(sheets));
        String missing = "No ICE workbooks at ledger287.sheets='" + sheets
                + "'. Give the directory that holds them with -Dledger287.sheets=DIR.";
        if (Boolean.getBoolean("ledger287.require-sheets") || System.getenv("CI") != null) {
            assertFalse(!there, missing);
        }
        assumeTrue(there, missing);
        try (Stream<Path> files = Files.walk(Path.of(sheets))) {
            return files.filter(file -> name(file).endsWith(".xlsx"))
                    .sorted(Comparator.comparing((Path file) -> Publication.ofFileName(name(file)))
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    private static String name(Path workbook) {
        return workbook.getFileName().toString();
    }
}
