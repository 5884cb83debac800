package ledger287.agreements.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import ledger287.eventstore.PublicRecord;
import ledger287.eventstore.StoredEvent;
import ledger287.service.publication.Envelope;
import ledger287.service.publication.Upcasters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CloudEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final CloudEvents cloudEvents = new CloudEvents(new StoredFacts(Upcasters.none()));

    static List<String> types() {
        return StoredFixtures.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyEventIsPublishedAsItsSchemaSays(String type) throws IOException {
        PublicRecord published = cloudEvents.map(StoredFixtures.event(type));
        JsonNode event = JSON.readTree(published.value());
        JsonSchema schema = SCHEMAS.getSchema(
                SchemaLocation.of("classpath:ledger287/contracts/schemas/" + Envelope.publicType(type) + ".json"),
                STRICT);

        assertThat(schema.validate(event)).isEmpty();
        assertThat(published.key()).isEqualTo(event.get("subject").asText());
        assertThat(published.headers()).containsEntry("content-type", "application/cloudevents+json");
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyEventCarriesWhatItsExampleShows(String type) throws IOException {
        JsonNode example = example(type);
        JsonNode published =
                JSON.readTree(cloudEvents.map(StoredFixtures.event(type)).value());

        assertContains(published.get("data"), example.get("data"), "data");
        assertThat(published.get("type")).isEqualTo(example.get("type"));
        assertThat(published.get("subject")).isEqualTo(example.get("subject"));
        assertThat(published.get("time")).isEqualTo(example.get("time"));
        assertThat(published.get("dataschema")).isEqualTo(example.get("dataschema"));
    }

    @Test
    void positionsArePaddedSoThatTheySortAsText() throws IOException {
        StoredEvent stored = StoredFixtures.event(StoredFixtures.json("agency-registered"), 4711);

        JsonNode event = JSON.readTree(cloudEvents.map(stored).value());

        assertThat(event.get("sequence").asText()).isEqualTo("00000000000000004711");
        assertThat(event.get("appendend").asText()).isEqualTo("00000000000000004711");
        assertThat(event.get("recordedtime").asText()).isEqualTo("2025-06-20T15:00:02Z");
    }

    @Test
    void theSameStoredEventIsPublishedInTheSameBytes() {
        StoredEvent stored = StoredFixtures.event("agreement-signed");

        assertThat(cloudEvents.map(stored).value())
                .isEqualTo(cloudEvents.map(stored).value());
    }

    private static JsonNode example(String type) throws IOException {
        String name = "/ledger287/contracts/examples/" + Envelope.publicType(type) + ".json";
        try (InputStream file = CloudEventsTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return JSON.readTree(file);
        }
    }

    private static void assertContains(JsonNode actual, JsonNode expected, String path) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field ->
                            assertContains(actual.path(field.getKey()), field.getValue(), path + "." + field.getKey()));
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }
}
