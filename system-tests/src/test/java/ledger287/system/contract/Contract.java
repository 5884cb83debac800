package ledger287.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import ledger287.system.Checkout;

/** The files of {@code contracts/}, as a reader outside finds them. */
public final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EVENT = Pattern.compile("`([a-z]+\\.[a-z]+(?:-[a-z]+)*)`");

    private final Path directory = Checkout.root().resolve("contracts");
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    Path directory() {
        return directory;
    }

    /** Types with a schema, e.g. {@code org.ledger287.agreement.signed.v1}. */
    Set<String> typesWithSchema() {
        var types = new TreeSet<>(files("schemas").keySet());
        types.removeIf(name -> !name.startsWith("org.ledger287."));
        return types;
    }

    /** Example events by type, as the file names say. */
    Map<String, JsonNode> examples() {
        var examples = new TreeMap<String, JsonNode>();
        files("examples").forEach((type, file) -> examples.put(type, read(file)));
        return examples;
    }

    /** The types that the README's lines of events name. */
    Set<String> typesInReadme() {
        var types = new TreeSet<String>();
        for (String line : text("README.md").lines().toList()) {
            if (line.startsWith("Events: ") || line.startsWith("`ledger.opened`")) {
                EVENT.matcher(line).results().forEach(match -> types.add("org.ledger287." + match.group(1) + ".v1"));
            }
        }
        return types;
    }

    String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schema of the event's own type has against it; empty when nothing. */
    public List<String> faults(JsonNode event) {
        String type = event.path("type").asText();
        if (!typesWithSchema().contains(type)) {
            return List.of("no schema for type '" + type + "'");
        }
        return faults(event, type);
    }

    List<String> faults(JsonNode event, String type) {
        JsonSchema schema = schemas.computeIfAbsent(
                type,
                name -> factory.getSchema(
                        SchemaLocation.of(directory
                                .resolve("schemas/%s.json".formatted(name))
                                .toUri()
                                .toString()),
                        config));
        return schema.validate(event).stream()
                .map(ValidationMessage::toString)
                .sorted()
                .toList();
    }

    JsonNode schema(String name) {
        return read(directory.resolve("schemas/%s.json".formatted(name)));
    }

    private Map<String, Path> files(String folder) {
        try (var files = Files.list(directory.resolve(folder))) {
            var byName = new TreeMap<String, Path>();
            files.forEach(file -> byName.put(file.getFileName().toString().replaceFirst("\\.json$", ""), file));
            return byName;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not JSON", e);
        }
    }
}
