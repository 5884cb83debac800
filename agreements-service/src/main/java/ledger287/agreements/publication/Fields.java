package ledger287.agreements.publication;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, read by those who know what must be in it. Fields that nobody asks for are ignored, so that a newer
 * writer may add some; a required one that is absent is an error that names it.
 */
record Fields(JsonNode object) {

    Fields {
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected a JSON object, found " + object.getNodeType());
        }
    }

    String text(String name) {
        return required(name).asText();
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = present(name);
        return value == null ? null : value.asText();
    }

    int integer(String name) {
        return required(name).asInt();
    }

    boolean flag(String name) {
        return required(name).asBoolean();
    }

    /** For a field that older events lack. */
    boolean flag(String name, Absent whenAbsent) {
        JsonNode value = present(name);
        return value == null ? whenAbsent == Absent.MEANS_TRUE : value.asBoolean();
    }

    /** What the absence of a flag means. */
    enum Absent {
        MEANS_TRUE,
        MEANS_FALSE
    }

    UUID id(String name) {
        return UUID.fromString(text(name));
    }

    @Nullable
    UUID idOrNull(String name) {
        return orNull(name, UUID::fromString);
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        return orNull(name, Instant::parse);
    }

    @Nullable
    LocalDate dateOrNull(String name) {
        return orNull(name, LocalDate::parse);
    }

    Fields object(String name) {
        return new Fields(required(name));
    }

    @Nullable
    Fields objectOrNull(String name) {
        JsonNode value = present(name);
        return value == null ? null : new Fields(value);
    }

    /** An absent list is an empty one. */
    <T> List<T> list(String name, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        JsonNode values = present(name);
        if (values != null) {
            values.forEach(value -> items.add(item.apply(value)));
        }
        return items;
    }

    List<String> texts(String name) {
        return list(name, JsonNode::asText);
    }

    List<UUID> ids(String name) {
        return list(name, value -> UUID.fromString(value.asText()));
    }

    List<Fields> objects(String name) {
        return list(name, Fields::new);
    }

    /** In the order of the JSON; an absent map is an empty one. */
    <T> Map<String, T> map(String name, Function<JsonNode, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        JsonNode values = present(name);
        if (values != null) {
            values.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        }
        return map;
    }

    /** One of an enum's constants by its name in the contract. */
    <E> E code(String name, E[] constants, Function<E, String> code) {
        String text = text(name);
        for (E constant : constants) {
            if (code.apply(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + name + "' has the unknown value '" + text + "'");
    }

    <E> @Nullable E codeOrNull(String name, E[] constants, Function<E, String> code) {
        return present(name) == null ? null : code(name, constants, code);
    }

    private <T> @Nullable T orNull(String name, Function<String, T> parse) {
        String text = textOrNull(name);
        return text == null ? null : parse.apply(text);
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private JsonNode required(String name) {
        JsonNode value = present(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
