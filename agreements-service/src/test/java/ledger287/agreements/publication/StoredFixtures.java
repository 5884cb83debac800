package ledger287.agreements.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import ledger287.agreements.roster.AgencyChange;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.ReviewChange;
import ledger287.agreements.roster.SheetChange;
import ledger287.eventstore.StoredEvent;

/** One stored event of every type and version there ever was. Files are added here, never changed. */
final class StoredFixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredFixtures() {}

    /** Every type that this service can store. */
    static List<String> types() {
        return Stream.of(
                        Stream.of("ledger-opened"),
                        Stream.of(AgencyChange.values()).map(change -> "agency-" + change.code()),
                        Stream.of(AgreementChange.values()).map(change -> "agreement-" + change.code()),
                        Stream.of(ApplicationChange.values()).map(change -> "application-" + change.code()),
                        Stream.of(ReviewChange.values()).map(change -> "review-" + change.code()),
                        Stream.of(SheetChange.values()).map(change -> "sheet-" + change.code()))
                .flatMap(types -> types)
                .toList();
    }

    static JsonNode json(String type) {
        try (InputStream file = StoredFixtures.class.getResourceAsStream("/stored/" + type + ".v1.json")) {
            if (file == null) {
                throw new AssertionError("There is no stored fixture of " + type);
            }
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StoredEvent event(String type) {
        return event(json(type), 18);
    }

    static StoredEvent event(JsonNode fixture, long position) {
        return new StoredEvent(
                position,
                position,
                UUID.fromString("364e04f6-7de0-5e42-8ba4-64de3c7c390f"),
                fixture.get("stream_id").asText(),
                2,
                fixture.get("type").asText(),
                fixture.get("schema_version").asInt(),
                fixture.get("data").toString(),
                fixture.get("metadata").toString(),
                Instant.parse("2025-06-20T15:00:02Z"));
    }
}
