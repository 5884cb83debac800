package ledger287.reporting.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.problem.Suggestion;

/** A JSON object that a subscriber sent, strictly read: what is unknown or cannot be used is refused by its name. */
final class SentFields {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int DEEPEST = 10;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final byte[] bytes;

    private SentFields(JsonNode object, byte[] bytes) {
        this.object = object;
        this.bytes = bytes;
    }

    /** @param known every field that is taken; an empty body is an object without any */
    static SentFields read(InputStream body, Set<String> known) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Problem(ProblemType.TOO_LARGE, "This address takes at most %,d bytes.".formatted(MOST_BYTES));
        }
        JsonNode json;
        try {
            json = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "The body is not JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse("it cannot be read") + ".");
        }
        SentFields fields = new SentFields(json, bytes);
        fields.requireKnown("", json, known);
        return fields;
    }

    /** As they came. */
    byte[] bytes() {
        return bytes.clone();
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** A text; empty when it was not given, or is null. */
    Optional<String> text(String name, int longest) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw Problem.parameter(name, "'%s' takes a text.".formatted(name));
        }
        String text = value.textValue();
        if (text.length() > longest) {
            throw Problem.parameter(name, "'%s' takes at most %d characters.".formatted(name, longest));
        }
        if (text.indexOf('\0') >= 0) {
            throw Problem.parameter(name, "'%s' has a character that no text here has (U+0000).".formatted(name));
        }
        return Optional.of(text);
    }

    /** A whole number within bounds, both allowed. */
    int number(String name, int from, int to, int otherwise) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < from || value.intValue() > to) {
            throw Problem.parameter(name, "'%s' takes a whole number from %d to %d.".formatted(name, from, to));
        }
        return value.intValue();
    }

    /**
     * The members of an object as the query that says the same: each a text, or an array of texts.
     *
     * @param known every member that is taken
     */
    String query(String name, Set<String> known) {
        JsonNode members = object.path(name);
        if (members.isMissingNode() || members.isNull()) {
            return "";
        }
        requireKnown(name, members, known);
        return members.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .map(SentFields::pair)
                .collect(Collectors.joining("&"));
    }

    /** These fields as the query that says the same. */
    String query(Set<String> names) {
        return object.properties().stream()
                .filter(field -> names.contains(field.getKey()))
                .filter(field -> !field.getValue().isNull())
                .map(SentFields::pair)
                .collect(Collectors.joining("&"));
    }

    private void requireKnown(String name, JsonNode value, Set<String> known) {
        if (!value.isObject()) {
            if (name.isEmpty()) {
                throw new Problem(ProblemType.INVALID_REQUEST, "The body is a JSON object: {…}.");
            }
            throw Problem.parameter(name, "'%s' takes an object: {…}.".formatted(name));
        }
        value.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                String shown =
                        (field.length() > 60 ? field.substring(0, 60) + "…" : field).replaceAll("\\p{Cntrl}", "\uFFFD");
                Optional<String> suggestion = Suggestion.nearest(field, known);
                Problem problem = Problem.parameter(
                        shown,
                        "There is no field '%s' %s%s. There are: %s."
                                .formatted(
                                        shown,
                                        name.isEmpty() ? "here" : "in '" + name + "'",
                                        suggestion
                                                .map(word -> "; perhaps '" + word + "' is meant")
                                                .orElse(""),
                                        known.stream().sorted().collect(Collectors.joining(", "))));
                suggestion.ifPresent(word -> problem.with("suggestion", word));
                throw problem;
            }
        });
    }

    private static String pair(Map.Entry<String, JsonNode> member) {
        String name = member.getKey();
        List<String> values = new ArrayList<>();
        Iterable<JsonNode> given = member.getValue().isArray() ? member.getValue() : List.of(member.getValue());
        for (JsonNode value : given) {
            if (!value.isTextual()) {
                throw Problem.parameter(name, "'%s' takes a text, or an array of texts.".formatted(name));
            }
            values.add(value.textValue());
        }
        if (values.isEmpty()) {
            throw Problem.parameter(name, "'%s' is empty; leave it out or give it a value.".formatted(name));
        }
        return name + "=" + URLEncoder.encode(String.join(",", values), StandardCharsets.UTF_8);
    }
}
