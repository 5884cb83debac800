package ledger287.service.publication;

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
public record Fields(JsonNode object) {

    public Fields {
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected a JSON object, found " + object.getNodeType());
        }
    }

    public String text(String name) {
        return required(name).asText();
    }

    public @Nullable String textOrNull(String name) {
        JsonNode value = present(name);
        return value == null ? null : value.asText();
    }

    public int integer(String name) {
        return required(name).asInt();
    }

    public long number(String name) {
        return required(name).asLong();
    }

    public boolean flag(String name) {
        return required(name).asBoolean();
    }

    /** For a field that older events lack. */
    public boolean flag(String name, Absent whenAbsent) {
        JsonNode value = present(name);
        return value == null ? whenAbsent == Absent.MEANS_TRUE : value.asBoolean();
    }

    /** What the absence of a flag means. */
    public enum Absent {
        MEANS_TRUE,
        MEANS_FALSE
    }

    public UUID id(String name) {
        return UUID.fromString(text(name));
    }

    public @Nullable UUID idOrNull(String name) {
        return orNull(name, UUID::fromString);
    }

    public Instant instant(String name) {
        return Instant.parse(text(name));
    }

    public @Nullable Instant instantOrNull(String name) {
        return orNull(name, Instant::parse);
    }

    public @Nullable LocalDate dateOrNull(String name) {
        return orNull(name, LocalDate::parse);
    }

    public Fields object(String name) {
        return new Fields(required(name));
    }

    public @Nullable Fields objectOrNull(String name) {
        JsonNode value = present(name);
        return value == null ? null : new Fields(value);
    }

    /** An absent list is an empty one. */
    public <T> List<T> list(String name, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        JsonNode values = present(name);
        if (values != null) {
            values.forEach(value -> items.add(item.apply(value)));
        }
        return items;
    }

    public List<String> texts(String name) {
        return list(name, JsonNode::asText);
    }

    public List<UUID> ids(String name) {
        return list(name, value -> UUID.fromString(value.asText()));
    }

    public List<Fields> objects(String name) {
        return list(name, Fields::new);
    }

    /** In the order of the JSON; an absent map is an empty one. */
    public <T> Map<String, T> map(String name, Function<JsonNode, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        JsonNode values = present(name);
        if (values != null) {
            values.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        }
        return map;
    }

    /** One of an enum's constants by its name in the contract. */
    public <E> E code(String name, E[] constants, Function<E, String> code) {
        String text = text(name);
        for (E constant : constants) {
            if (code.apply(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + name + "' has the unknown value '" + text + "'");
    }

    public <E> @Nullable E codeOrNull(String name, E[] constants, Function<E, String> code) {
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
