package ledger287.reporting.openapi;

import static ledger287.reporting.openapi.Description.words;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Completes the schemas: with properties of others, with those of the contract's images, with the dictionary's words. */
final class Schemas {
    private final Components components;
    private final ContractSchemas contract;
    private final Set<String> done = new HashSet<>();

    Schemas(Components components) {
        this.components = components;
        this.contract = new ContractSchemas(components);
    }

    void complete() {
        List<String> names = List.copyOf(components.getSchemas().keySet());
        names.forEach(this::complete);
        names.stream().filter(name -> taken(schema(name), "x-part") != null).forEach(components::removeSchema);
    }

    private Schema complete(String name) {
        Schema schema = schema(name);
        if (!done.add(name)) {
            return schema;
        }
        Map<String, Schema> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (String included : words(taken(schema, "x-includes"))) {
            Schema other = complete(included);
            properties.putAll(other.getProperties());
            required.addAll(other.getRequired() == null ? List.of() : other.getRequired());
        }
        Map<String, Schema> own = schema.getProperties() == null ? Map.of() : schema.getProperties();
        String image = (String) taken(schema, "x-contract");
        if (image != null) {
            Schema of = contract.image(image, own.keySet());
            properties.putAll(of.getProperties());
            required.addAll(of.getRequired());
        }
        properties.putAll(own);
        List<String> optional = words(taken(schema, "x-optional"));
        own.keySet().stream()
                .filter(property -> !optional.contains(property) && !required.contains(property))
                .forEach(required::add);
        String table = (String) taken(schema, "x-table");
        if (table != null) {
            properties.forEach((property, of) -> describe(table, property, of));
        }
        if (!properties.isEmpty()) {
            schema.setProperties(properties);
            schema.setRequired(required.isEmpty() ? null : required);
        }
        return schema;
    }

    private Schema schema(String name) {
        return Objects.requireNonNull(components.getSchemas().get(name), name);
    }

    private static void describe(String table, String property, Schema schema) {
        if (schema.getRef() == null && schema.getDescription() == null) {
            Dictionary.find(table, property).map(Schemas::inWords).ifPresent(schema::setDescription);
        }
    }

    /** Taken as properties, since a schema of JSON Schema 2020-12 may have any. */
    private static @Nullable Object taken(Schema from, String name) {
        Object value = from.get(name);
        from.set(name, null);
        return value;
    }

    private static String inWords(Entry entry) {
        StringBuilder words = new StringBuilder(entry.definition());
        if (entry.caveat() != null) {
            words.append(' ').append(entry.caveat());
        }
        if (entry.source() != null) {
            words.append(" Source: ").append(entry.source()).append('.');
        }
        return words.toString();
    }
}
