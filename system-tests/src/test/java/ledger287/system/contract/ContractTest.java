package ledger287.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ContractTest {

    private static final Set<String> IMAGES =
            Set.of("ledger", "sheet", "agency", "agreement", "application", "review", "operation", "claim");

    private final Contract contract = new Contract();

    /** Messages that are no events. */
    private static final Set<String> OF_STREAMS = Set.of("reset", "heartbeat", "headline");

    @Test
    void every_type_that_the_readme_names_has_a_schema_and_an_example_and_no_other_has() {
        assertThat(contract.typesInReadme()).hasSizeGreaterThan(30).isEqualTo(contract.typesWithSchema());
        assertThat(contract.examples().keySet()).isEqualTo(contract.typesWithSchema());
    }

    @Test
    void every_example_is_valid_and_says_that_it_is_a_sample() {
        contract.examples().forEach((type, event) -> {
            assertThat(event.path("type").asText()).isEqualTo(type);
            assertThat(contract.faults(event)).as(type).isEmpty();
            assertThat(event.at("/data/sample").asBoolean()).as(type).isTrue();
        });
    }

    @Test
    void an_example_without_any_one_of_its_attributes_is_invalid() {
        contract.examples().forEach((type, event) -> {
            for (String attribute : fields(event)) {
                // CloudEvents makes this one optional, and JSON its default.
                if (!attribute.equals("datacontenttype")) {
                    ObjectNode without = event.deepCopy();
                    without.remove(attribute);
                    assertThat(contract.faults(without, type))
                            .as("%s without %s", type, attribute)
                            .isNotEmpty();
                }
            }
        });
    }

    @Test
    void an_example_whose_image_lacks_any_one_field_is_invalid() {
        contract.examples().forEach((type, event) -> {
            for (String field : fields(image(event))) {
                ObjectNode without = event.deepCopy();
                ((ObjectNode) image(without)).remove(field);
                assertThat(contract.faults(without))
                        .as("%s without %s", type, field)
                        .isNotEmpty();

                ObjectNode misread = event.deepCopy();
                ((ObjectNode) image(misread)).putObject(field).put("no", "such value");
                if (!field.equals("changes")) {
                    assertThat(contract.faults(misread))
                            .as("%s with an object for %s", type, field)
                            .isNotEmpty();
                }
            }
        });
    }

    @Test
    void no_event_is_valid_under_another_events_type() {
        contract.examples().forEach((type, event) -> contract.typesWithSchema().stream()
                .filter(other -> !other.equals(type))
                .forEach(other -> assertThat(contract.faults(event, other))
                        .as("%s as %s", type, other)
                        .isNotEmpty()));
    }

    @Test
    void values_that_cannot_be_are_invalid() {
        String signed = "org.ledger287.agreement.signed.v1";
        assertInvalid(signed, "/data/agreement", "state", "XX");
        assertInvalid(signed, "/data/agreement", "support_type", "task force");
        assertInvalid(signed, "/data/agreement", "signed_on", "2025-02-30");
        assertInvalid(signed, "/data/agreement", "status", "unlisted");
        assertInvalid(signed, "/data/agreement", "signed_precision", "unknown");
        assertInvalid(signed, "/data/agreement", "last_listed_at", "2025-06-04T13:00:00Z");
        assertInvalid(signed, "/data/agreement/moa", "status", "pending");
        assertInvalid(signed, "/data/agreement/addendum", "url", "https://documents.example.org/addendum.pdf");
        assertInvalid(signed, "", "time", "2025-06-04T09:00:00-04:00");
        assertInvalid(signed, "", "sequence", "7");
        assertInvalid(signed, "", "subject", "agency-1");
        assertInvalid(
                signed,
                "/data/evidence/links",
                "MOA",
                "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org&data=a%40example.org");
        String made = "org.ledger287.claim.made.v1";
        assertInvalid(made, "/data/claim", "metric", "deportations");
        assertInvalid(made, "/data/claim", "superseded_by", "another");
        assertInvalid(made, "/data/claim", "status", "superseded");
        assertInvalid(made, "/data/claim/figure", "qualifier", "exactly");
        assertInvalid(made, "/data/claim/figure", "qualifier", "about");
        assertInvalid("org.ledger287.operation.recorded.v1", "/data/operation/start", "precision", "unknown");
        assertInvalid("org.ledger287.application.granted.v1", "/data/application", "status", "open");
        assertInvalid("org.ledger287.review.decided.v1", "/data/review", "status", "open");
    }

    @Test
    void fields_that_come_later_do_not_make_an_event_invalid() {
        contract.examples().forEach((type, event) -> {
            ObjectNode grown = event.deepCopy();
            grown.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            ((ObjectNode) grown.path("data")).put("a_later_field", 1);
            ((ObjectNode) image(grown)).put("a_later_field", 1);
            assertThat(contract.faults(grown)).as(type).isEmpty();
        });
    }

    @Test
    void the_examples_hold_nothing_that_the_schemas_do_not_describe() {
        contract.examples().forEach((type, event) -> {
            assertThat(fields(event)).as(type).isSubsetOf(declared("event"));
            for (String name : List.of(kind(event), "before")) {
                JsonNode image = event.path("data").path(name);
                if (image.isObject()) {
                    assertThat(fields(image)).as("%s: %s", type, name).isSubsetOf(declared(kind(event)));
                }
            }
            if (event.at("/data/evidence").isObject()) {
                assertThat(fields(event.at("/data/evidence"))).as(type).isSubsetOf(declared("evidence"));
            }
        });
    }

    @Test
    void the_readme_names_every_field_of_every_image() {
        String readme = contract.text("README.md");
        Stream.concat(IMAGES.stream(), Stream.of("event", "evidence")).forEach(name -> declared(name)
                .forEach(field ->
                        assertThat(readme).as("%s of %s.json", field, name).containsPattern("\\b" + field + "\\b")));
    }

    @Test
    void every_reference_between_schemas_leads_to_something() {
        Stream.concat(
                        contract.typesWithSchema().stream(),
                        Stream.of(
                                "common",
                                "event",
                                "evidence",
                                "ledger",
                                "sheet",
                                "agency",
                                "agreement",
                                "application",
                                "review",
                                "operation",
                                "claim"))
                .forEach(name -> references(contract.schema(name)).forEach(reference -> {
                    String[] parts = reference.split("#", 2);
                    JsonNode target =
                            contract.schema(parts[0].isEmpty() ? name : parts[0].replaceFirst("\\.json$", ""));
                    assertThat(target.at(parts.length > 1 ? parts[1] : "").isMissingNode())
                            .as("%s in %s.json", reference, name)
                            .isFalse();
                }));
    }

    @Test
    void asyncapi_names_every_event_on_every_channel_and_its_references_resolve() throws IOException {
        JsonNode document = new YAMLMapper().readTree(contract.text("asyncapi.yaml"));

        assertThat(document.path("asyncapi").asText()).startsWith("3.");
        for (String reference : references(document)) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(contract.directory().resolve(reference)).exists();
            }
        }
        assertThat(payloads(document.at("/components/messages"))).isEqualTo(contract.typesWithSchema());
        document.path("channels").properties().forEach(channel -> {
            var names = new TreeSet<String>();
            channel.getValue()
                    .path("messages")
                    .forEach(message ->
                            names.add(document.at(message.path("$ref").asText().substring(1))
                                    .path("name")
                                    .asText()));
            Set<String> expected = contract.typesWithSchema();
            switch (channel.getKey()) {
                case "changes", "webhooks" -> {}
                case "stream" -> expected.add("reset");
                case "streamLines" -> expected.addAll(List.of("reset", "heartbeat"));
                case "headline" -> {
                    expected.clear();
                    expected.addAll(List.of("headline", "heartbeat"));
                }
                default -> expected.removeIf(type -> !sources(type).contains("/ledger287/" + channel.getKey()));
            }
            assertThat(names).as(channel.getKey()).isEqualTo(expected);
        });
        assertThat(document.at("/channels/agreements/address").asText()).isEqualTo("ledger287.agreements.v1");
        assertThat(document.at("/channels/operations/address").asText()).isEqualTo("ledger287.operations.v1");
        for (String topic : List.of("agreements", "operations")) {
            assertThat(document.at("/channels/%s/bindings/kafka/partitions".formatted(topic))
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void the_jar_carries_the_contract() throws IOException {
        for (String file : List.of(
                "README.md",
                "asyncapi.yaml",
                "schemas/common.json",
                "schemas/org.ledger287.sheet.imported.v1.json",
                "examples/org.ledger287.sheet.imported.v1.json")) {
            try (var inside = getClass().getResourceAsStream("/ledger287/contracts/" + file)) {
                assertThat(inside).as(file).isNotNull();
                assertThat(inside.readAllBytes())
                        .as(file)
                        .isEqualTo(Files.readAllBytes(contract.directory().resolve(file)));
            }
        }
    }

    private void assertInvalid(String type, String where, String field, String value) {
        ObjectNode event = example(type).deepCopy();
        JsonNode parent = event.at(where);
        assertThat(parent.has(field)).as("%s/%s", where, field).isTrue();
        ((ObjectNode) parent).put(field, value);
        assertThat(contract.faults(event, type))
                .as("%s/%s = %s", where, field, value)
                .isNotEmpty();
    }

    private JsonNode example(String type) {
        return Objects.requireNonNull(contract.examples().get(type), type);
    }

    private static Set<String> payloads(JsonNode messages) {
        var types = new TreeSet<String>();
        messages.forEach(message -> {
            String name = message.path("name").asText();
            if (OF_STREAMS.contains(name)) {
                return;
            }
            assertThat(message.at("/payload/schema/$ref").asText()).isEqualTo("schemas/%s.json".formatted(name));
            types.add(name);
        });
        return types;
    }

    /** The services whose logs may hold events of a type. */
    private Set<String> sources(String type) {
        JsonNode source = contract.schema(type).at("/properties/source");
        var sources = new TreeSet<String>();
        source.path("enum").forEach(service -> sources.add(service.asText()));
        if (source.has("const")) {
            sources.add(source.path("const").asText());
        }
        return sources;
    }

    private Set<String> declared(String schema) {
        return fields(contract.schema(schema).path("properties"));
    }

    private static String kind(JsonNode event) {
        return IMAGES.stream()
                .filter(event.path("data")::has)
                .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
    }

    private static JsonNode image(JsonNode event) {
        return event.path("data").path(kind(event));
    }

    private static Set<String> fields(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> references(JsonNode node) {
        var found = new ArrayList<String>();
        node.findValuesAsText("$ref", found);
        return found;
    }
}
