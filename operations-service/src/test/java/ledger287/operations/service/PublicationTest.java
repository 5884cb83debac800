package ledger287.operations.service;

import static ledger287.operations.service.Api.claim;
import static ledger287.operations.service.Api.operation;
import static ledger287.operations.service.Api.position;
import static ledger287.operations.service.Api.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.service.testing.FreshLedger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What an outside reader of the topic gets. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "operations"))
final class PublicationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    @Test
    void everyEventReachesTheTopicInOrderAndAsItsSchemaSays() throws IOException {
        String one = operation("One");
        String other = operation("Other");
        String first = claim(one, "780", "ICE", "2025-07-01");
        String second = claim(one, "1,120", "ICE", "2025-07-09");
        String rival = claim(one, "about 900", "A sheriff", "2025-07-09");
        claim(one, "not known", "Another speaker", "2025-07-09");
        claim(one, "between 700 and 900", "One more speaker", "2025-07-09");
        post("/v1/claims/" + rival + "/preference", "{\"reason\": \"It counts people.\"}");
        post(
                "/v1/claims/" + second + "/correction",
                "{\"reason\": \"A typing error.\", \"claim\": {\"figure\": \"a majority of 2,000\"}}");
        post("/v1/claims/" + second + "/retraction", "{\"reason\": \"ICE took it back.\"}");
        post("/v1/claims/" + first + "/retraction", "{\"reason\": \"This too.\"}");
        post(
                "/v1/operations/" + one + "/correction",
                "{\"reason\": \"The day is known.\", \"operation\": {\"start\": \"2025-05-13\"}}");
        post("/v1/operations/" + one + "/partners", "{\"partners\": []}");
        post(
                "/v1/operations/" + one + "/overlaps",
                "{\"operation_id\": \"" + other + "\", \"relation\": \"disjoint\", \"reason\": \"Other days.\"}");
        post("/v1/operations/" + other + "/retraction", "{\"reason\": \"It never happened.\"}")
                .statusCode(200);

        long head = Long.parseLong(position().substring("operations:".length()));
        List<JsonNode> events = topic(head);
        Set<String> types = new HashSet<>();
        Map<String, Long> versions = new HashMap<>();
        long sequence = 0;
        for (JsonNode event : events) {
            String type = event.path("type").asText();
            types.add(type.substring("org.ledger287.".length(), type.length() - ".v1".length()));
            assertThat(faults(event)).as(event.toPrettyString()).isEmpty();
            assertThat(event.path("source").asText()).isEqualTo("/ledger287/operations");
            assertThat(event.path("sequence").asText()).isEqualTo("%020d".formatted(++sequence));
            assertThat(versions.merge(event.path("subject").asText(), 1L, Long::sum))
                    .isEqualTo(event.path("streamversion").asLong());
        }
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "ledger.opened",
                        "operation.recorded",
                        "operation.corrected",
                        "operation.partners-changed",
                        "operation.overlap-declared",
                        "operation.retracted",
                        "claim.made",
                        "claim.superseded",
                        "claim.preferred",
                        "claim.corrected",
                        "claim.retracted",
                        "claim.reinstated");
        assertThat(events.getFirst().path("type").asText()).isEqualTo("org.ledger287.ledger.opened.v1");
        assertThat(events.getFirst().at("/data/ledger/sample").asBoolean()).isFalse();
        JsonNode overlap = events.stream()
                .filter(event -> event.path("type").asText().contains("overlap"))
                .findFirst()
                .orElseThrow();
        assertThat(overlap.path("appendend").asText())
                .isGreaterThan(overlap.path("sequence").asText());
    }

    private static Set<ValidationMessage> faults(JsonNode event) {
        return SCHEMAS.getSchema(
                        SchemaLocation.of("classpath:ledger287/contracts/schemas/"
                                + event.path("type").asText() + ".json"),
                        STRICT)
                .validate(event);
    }

    private static List<JsonNode> topic(long head) throws IOException {
        String topic = ConfigProvider.getConfig().getValue("ledger287.kafka.topic", String.class);
        List<JsonNode> events = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                "isolation.level",
                "read_committed",
                "key.deserializer",
                StringDeserializer.class.getName(),
                "value.deserializer",
                StringDeserializer.class.getName()))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (events.size() < head && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode event = JSON.readTree(record.value());
                    assertThat(record.key()).isEqualTo(event.path("subject").asText());
                    events.add(event);
                }
            }
        }
        assertThat(events).hasSize((int) head);
        return events;
    }
}
