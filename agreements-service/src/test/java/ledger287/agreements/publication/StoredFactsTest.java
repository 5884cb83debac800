package ledger287.agreements.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent;
import ledger287.eventstore.NewEvent;
import ledger287.service.publication.Json;
import ledger287.service.publication.Upcasters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StoredFactsTest {
    private final StoredFacts storedFacts = new StoredFacts(Upcasters.none());

    static List<String> types() {
        return StoredFixtures.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatWasStoredOnceIsReadAndWouldBeStoredTheSame(String type) {
        JsonNode fixture = StoredFixtures.json(type);

        RecordedFact recorded = storedFacts.read(StoredFixtures.event(type));
        NewEvent written = storedFacts.write(recorded, UUID.fromString("364e04f6-7de0-5e42-8ba4-64de3c7c390f"));

        assertThat(written.type()).isEqualTo(type);
        assertThat(written.streamId()).isEqualTo(fixture.get("stream_id").asText());
        assertThat(Json.parse(written.data())).isEqualTo(fixture.get("data"));
        assertThat(Json.parse(written.metadata())).isEqualTo(fixture.get("metadata"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void fieldsOfANewerWriterAreIgnored(String type) {
        JsonNode fixture = StoredFixtures.json(type);
        addFieldEverywhere(fixture);

        RecordedFact recorded = storedFacts.read(StoredFixtures.event(fixture, 1));

        assertThat(recorded).isEqualTo(storedFacts.read(StoredFixtures.event(type)));
    }

    @Test
    void oldFixturesFoldToTheImagesTheyCarry() {
        Roster roster = Roster.empty();
        for (String type : types()) {
            RecordedFact recorded = storedFacts.read(StoredFixtures.event(type));
            roster.replay(recorded.fact());
            switch (recorded.fact().event()) {
                case RosterEvent.LedgerOpened opened ->
                    assertThat(roster.sample()).contains(opened.sample());
                case RosterEvent.AgencyEvent event ->
                    assertThat(roster.agency(event.after().id())).contains(event.after());
                case RosterEvent.AgreementEvent event ->
                    assertThat(roster.agreement(event.after().id())).contains(event.after());
                case RosterEvent.ApplicationEvent event ->
                    assertThat(roster.application(event.after().id())).contains(event.after());
                case RosterEvent.ReviewEvent event ->
                    assertThat(roster.review(event.after().id())).contains(event.after());
                case RosterEvent.SheetEvent event ->
                    assertThat(roster.sheet(event.after().id())).contains(event.after());
            }
        }
    }

    @Test
    void anOlderVersionIsBroughtUpStepByStep() {
        Upcasters upcasters = new Upcasters(
                Map.of("agency-registered", 3),
                Map.of(
                        new Upcasters.From("agency-registered", 1),
                        (data, metadata) -> ((ObjectNode) data.get("after")).put("name", "first"),
                        new Upcasters.From("agency-registered", 2),
                        (data, metadata) -> {
                            ObjectNode after = (ObjectNode) data.get("after");
                            after.put("name", after.get("name").asText() + ", then second");
                        }));

        RecordedFact recorded = new StoredFacts(upcasters).read(StoredFixtures.event("agency-registered"));

        assertThat(recorded.fact().event()).isInstanceOfSatisfying(RosterEvent.AgencyEvent.class, event -> assertThat(
                        event.after().name())
                .isEqualTo("first, then second"));
    }

    @Test
    void anEventOfANewerProgramIsNotGuessedAt() {
        ObjectNode fixture = (ObjectNode) StoredFixtures.json("agency-registered");
        fixture.put("schema_version", 2);

        assertThatThrownBy(() -> storedFacts.read(StoredFixtures.event(fixture, 7)))
                .hasMessageContaining("Event 7")
                .hasMessageContaining("Run the newer release");
    }

    @Test
    void anEventThatLacksAFieldIsNamedWithItsPosition() {
        ObjectNode fixture = (ObjectNode) StoredFixtures.json("agency-registered");
        ((ObjectNode) fixture.get("data").get("after")).remove("name");

        assertThatThrownBy(() -> storedFacts.read(StoredFixtures.event(fixture, 7)))
                .hasMessageContaining("Event 7")
                .hasMessageContaining("'name' is missing");
    }

    private static void addFieldEverywhere(JsonNode node) {
        node.forEach(StoredFactsTest::addFieldEverywhere);
        if (node instanceof ObjectNode object && isRecord(object)) {
            object.put("from_the_future", 1);
        }
    }

    /** Not one of the maps, whose keys are data. */
    private static boolean isRecord(ObjectNode object) {
        return object.properties().stream()
                        .noneMatch(field -> Character.isUpperCase(field.getKey().charAt(0)))
                && !object.has("signed")
                && !object.isEmpty();
    }
}
