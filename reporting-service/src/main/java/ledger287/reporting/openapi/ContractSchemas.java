package ledger287.reporting.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * The contract's images (JSON Schema, draft-07) as schemas of the description: answers carry the same images as events.
 * Words of the contract's vocabulary are put in where they are used; things become components. What one field says about
 * another ({@code if}, {@code then}) is the contract's alone.
 */
final class ContractSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> COMMON = Set.of("common");

    private final Components components;
    private final Map<String, JsonNode> files = new HashMap<>();

    ContractSchemas(Components components) {
        this.components = components;
    }

    /** A place in the contract: a file without its suffix, and a definition in it or null for the whole. */
    private record Place(String file, @Nullable String definition) {
        static Place parse(String text) {
            int hash = text.indexOf('#');
            return hash < 0 ? new Place(text, null) : new Place(text.substring(0, hash), text.substring(hash + 1));
        }

        Place refer(String reference) {
            String[] parts = reference.split("#", 2);
            String target = parts[0].isEmpty() ? file : parts[0].replace(".json", "");
            return new Place(target, parts.length == 1 ? null : parts[1].replace("/definitions/", ""));
        }

        String component() {
            List<String> words = new ArrayList<>();
            if (definition == null || !COMMON.contains(file)) {
                words.add(file);
            }
            if (definition != null) {
                words.addAll(Arrays.asList(definition.split("_")));
            }
            return words.stream()
                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                    .collect(Collectors.joining());
        }
    }

    /**
     * An image as an object of its own.
     *
     * @param name e.g. {@code agreement}, or {@code operation#partner} for a part of one
     * @param without properties that are told otherwise
     */
    Schema image(String name, Set<String> without) {
        Place place = Place.parse(name);
        return object(place, at(place), without);
    }

    private Schema object(Place place, JsonNode node, Set<String> without) {
        Schema schema = OASFactory.createSchema().addType(SchemaType.OBJECT);
        if (node.has("description")) {
            schema.setDescription(node.path("description").asText());
        }
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            if (!without.contains(property.getKey())) {
                properties.put(property.getKey(), schema(place, property.getValue()));
            }
        }
        schema.setProperties(properties);
        List<String> required = new ArrayList<>();
        node.path("required").forEach(one -> required.add(one.asText()));
        schema.setRequired(required);
        return schema;
    }

    private Schema schema(Place place, JsonNode node) {
        String reference = reference(node);
        Schema schema;
        if (reference != null) {
            schema = referred(place.refer(reference));
        } else if (node.has("anyOf")) {
            schema = orNull(schema(place, node.path("anyOf").path(0)));
        } else if (node.has("properties")) {
            schema = object(place, node, Set.of());
        } else {
            schema = plain(place, node);
        }
        if (node.has("description")) {
            schema.setDescription(node.path("description").asText());
        }
        return schema;
    }

    private static @Nullable String reference(JsonNode node) {
        if (node.has("$ref")) {
            return node.path("$ref").asText();
        }
        return node.has("allOf") && !node.has("type")
                ? node.path("allOf").path(0).path("$ref").asText()
                : null;
    }

    private Schema referred(Place place) {
        JsonNode node = at(place);
        if (!node.has("properties")) {
            return schema(place, node);
        }
        String name = place.component();
        if (!components.getSchemas().containsKey(name)) {
            components.addSchema(name, object(place, node, Set.of()));
        }
        return OASFactory.createSchema().ref(name);
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(schema)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        if (schema.getEnumeration() != null) {
            List<@Nullable Object> values = new ArrayList<>(schema.getEnumeration());
            values.add(null);
            schema.setEnumeration(values);
        }
        return schema.addType(SchemaType.NULL);
    }

    private Schema plain(Place place, JsonNode node) {
        Schema schema = OASFactory.createSchema();
        types(node).forEach(schema::addType);
        if (node.has("enum")) {
            node.path("enum").forEach(value -> schema.addEnumeration(value.asText()));
        }
        if (node.has("const")) {
            schema.addType(SchemaType.STRING).setConstValue(node.path("const").asText());
        }
        if (node.has("pattern")) {
            schema.setPattern(node.path("pattern").asText());
        }
        if (node.has("format")) {
            schema.setFormat(node.path("format").asText());
        }
        if (node.has("minimum")) {
            schema.setMinimum(node.path("minimum").decimalValue());
        }
        if (node.has("minLength")) {
            schema.setMinLength(node.path("minLength").intValue());
        }
        if (node.has("items")) {
            schema.setItems(schema(place, node.path("items")));
        }
        if (node.path("additionalProperties").isObject()) {
            schema.setAdditionalPropertiesSchema(schema(place, node.path("additionalProperties")));
        }
        return schema;
    }

    private static List<SchemaType> types(JsonNode node) {
        JsonNode type = node.path("type");
        List<SchemaType> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(SchemaType.valueOf(type.asText().toUpperCase(Locale.ROOT)));
        }
        type.forEach(one -> types.add(SchemaType.valueOf(one.asText().toUpperCase(Locale.ROOT))));
        return types;
    }

    private JsonNode at(Place place) {
        JsonNode file = files.computeIfAbsent(place.file(), ContractSchemas::read);
        return place.definition() == null ? file : file.path("definitions").path(place.definition());
    }

    private static JsonNode read(String file) {
        String resource = "/ledger287/contracts/schemas/" + file + ".json";
        try (InputStream in = Objects.requireNonNull(ContractSchemas.class.getResourceAsStream(resource), resource)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
