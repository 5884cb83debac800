package ledger287.reporting.changelog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event as the topics carry it: a structured CloudEvent of {@code contracts/README.md}.
 *
 * @param log the source log, e.g. {@code agreements}
 * @param position 1, 2, 3 … within the log
 * @param appendEnd the position at which its append ends
 * @param knownAt when the public could know it; microseconds, as PostgreSQL keeps them
 * @param json the event as it was published
 */
public record PublicEvent(
        String log,
        long position,
        long appendEnd,
        UUID id,
        String type,
        String subject,
        Instant knownAt,
        Instant recordedAt,
        JsonNode data,
        String json) {

    // Two fields of one name would let one reader see what another does not.
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static final String SOURCE = "/ledger287/";
    private static final Pattern TYPE = Pattern.compile("org\\.ledger287\\.([a-z-]+)\\.([a-z-]+)\\.v([0-9]+)");
    private static final Pattern POSITION = Pattern.compile("[0-9]{20}");

    /** @throws MalformedEventException when the bytes are not an event of the contract */
    public static PublicEvent parse(byte[] bytes) {
        String json = utf8(bytes);
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("not JSON: " + e.getOriginalMessage(), e);
        }
        String source = text(root, "source");
        if (!source.startsWith(SOURCE)) {
            throw new MalformedEventException("source is '" + source + "', not one of ours");
        }
        long position = position(root, "sequence");
        long appendEnd = position(root, "appendend");
        if (position < 1 || appendEnd < position) {
            throw new MalformedEventException("sequence " + position + " and appendend " + appendEnd + " do not agree");
        }
        JsonNode data = root.path("data");
        if (!data.isObject()) {
            throw new MalformedEventException("data is not an object");
        }
        return new PublicEvent(
                source.substring(SOURCE.length()),
                position,
                appendEnd,
                uuid(root, "id"),
                text(root, "type"),
                text(root, "subject"),
                instant(root, "time"),
                instant(root, "recordedtime"),
                data,
                json);
    }

    /**
     * The thing an event of a version we know is about, e.g. {@code agreement}; empty for types and versions that came
     * later than this code.
     */
    public Optional<String> kind() {
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches() && "1".equals(matcher.group(3)) ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedEventException("not UTF-8", e);
        }
    }

    private static String text(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw new MalformedEventException(field + " is missing");
        }
        return node.textValue();
    }

    private static long position(JsonNode root, String field) {
        String text = text(root, field);
        if (!POSITION.matcher(text).matches()) {
            throw new MalformedEventException(field + " '" + text + "' is not a position of 20 digits");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedEventException(field + " '" + text + "' is out of range", e);
        }
    }

    private static UUID uuid(JsonNode root, String field) {
        String text = text(root, field);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(field + " '" + text + "' is not a UUID", e);
        }
    }

    private static Instant instant(JsonNode root, String field) {
        String text = text(root, field);
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            throw new MalformedEventException(field + " '" + text + "' is not a time", e);
        }
    }
}
