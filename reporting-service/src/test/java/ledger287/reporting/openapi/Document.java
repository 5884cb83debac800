package ledger287.reporting.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OpenAPI document as whoever writes a client reads it. */
final class Document {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode root;
    private final JsonNode closedComponents;
    private final Map<String, JsonSchema> validators = new HashMap<>();

    Document(JsonNode root) {
        this.root = root;
        this.closedComponents = closed(root.path("components").deepCopy());
    }

    /** What can be asked at an address by a method. */
    record Operation(String method, String path, JsonNode described) {
        String id() {
            return described.path("operationId").asText();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A parameter, references followed. */
    record Parameter(String name, String in, JsonNode described) {
        boolean required() {
            return described.path("required").asBoolean();
        }

        /** Whether it stands for many, whose names a pattern tells: the properties of an exploded object. */
        boolean isFamily() {
            return described.path("schema").path("propertyNames").has("pattern");
        }

        /** Whether a name is one of the family's. */
        boolean hasMember(String name) {
            return isFamily()
                    && name.matches(
                            described.at("/schema/propertyNames/pattern").asText());
        }

        /** The schema of its values, one by one. */
        JsonNode values() {
            JsonNode schema = described.path("schema");
            return schema.has("items") ? schema.path("items") : schema;
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(
                        new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no operation " + id));
    }

    /** Of which roles a key has to have one; empty where no key is needed. */
    Set<String> roles(Operation operation) {
        return elements(operation.described().path("security"))
                .flatMap(one -> elements(one.path("key")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    List<Parameter> parameters(Operation operation) {
        return elements(operation.described().path("parameters"))
                .map(this::resolved)
                .map(one ->
                        new Parameter(one.path("name").asText(), one.path("in").asText(), one))
                .toList();
    }

    /** The responses by status. */
    Map<String, JsonNode> responses(Operation operation) {
        Map<String, JsonNode> responses = new HashMap<>();
        operation
                .described()
                .path("responses")
                .properties()
                .forEach(response -> responses.put(response.getKey(), resolved(response.getValue())));
        return responses;
    }

    /** One of them; missing when there is none. */
    JsonNode response(Operation operation, int status) {
        return resolved(operation.described().path("responses").path(Integer.toString(status)));
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** What is wrong with a value; a property that its schema does not tell of is wrong. */
    Set<ValidationMessage> violations(JsonNode schema, JsonNode value) {
        return validators
                .computeIfAbsent(schema.toString(), text -> validator(schema))
                .validate(value);
    }

    private JsonSchema validator(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", closedComponents);
        whole.setAll((ObjectNode) closed(schema.deepCopy()));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        whole,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    /** The same schemas, which allow no properties beside those that they tell of. */
    private static JsonNode closed(JsonNode schema) {
        if (schema.path("properties").isObject() && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(Document::closed);
        return schema;
    }

    static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }
}
