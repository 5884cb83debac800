package ledger287.operations.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Set;
import ledger287.operations.recording.Recording;
import ledger287.service.command.JsonBody;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemException;
import ledger287.service.problem.ProblemType;
import ledger287.service.problem.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines. Each is a JSON object {@code {"line_id": …, "operation": {…}}} or {@code {"line_id": …, "claim": {…}}},
 * or a CSV record that says the same; see {@link CsvLines}.
 */
final class LineParser {
    private static final Set<String> FIELDS = Set.of("line_id", "operation", "claim");
    private static final int LONGEST_LINE_ID = 200;

    private final LocalDate today;
    private final @Nullable CsvLines csv;

    /** @param csv null when the file is NDJSON */
    LineParser(LocalDate today, @Nullable CsvLines csv) {
        this.today = today;
        this.csv = csv;
    }

    ParsedLine parse(RawLine line) {
        if (line.tooLong()) {
            return new ParsedLine.Bad(
                    line.number(),
                    null,
                    "too-long",
                    null,
                    "The line is too long. Shorten it; in CSV, look for a quotation mark that is not closed.");
        }
        String lineId = null;
        try {
            ObjectNode json = json(line.bytes());
            lineId = lineId(json);
            return new ParsedLine.Good(line.number(), lineId, sha256(line.bytes()), recording(json));
        } catch (JsonProcessingException e) {
            return new ParsedLine.Bad(line.number(), lineId, "malformed", null, JsonBody.reason(e));
        } catch (ProblemException e) {
            return ParsedLine.Bad.of(line.number(), lineId, e.problem());
        } catch (CharacterCodingException e) {
            return new ParsedLine.Bad(
                    line.number(), null, "not-utf-8", null, "The line is not UTF-8. Save the file as UTF-8.");
        } catch (IOException e) {
            return new ParsedLine.Bad(line.number(), lineId, "malformed", null, "The line cannot be read.");
        }
    }

    private ObjectNode json(byte[] bytes) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (csv != null) {
            return csv.json(text);
        }
        JsonNode json = JsonBody.parse(bytes);
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw invalid(null, "A line is a JSON object: {\"line_id\": …, \"operation\": {…}}.", null);
    }

    private static String lineId(ObjectNode json) {
        JsonNode lineId = json.get("line_id");
        if (lineId == null || !lineId.isTextual() || lineId.asText().isBlank()) {
            throw invalid(
                    "line_id",
                    "'line_id' is needed: a name of your own for the line, the same whenever it is sent.",
                    null);
        }
        String text = lineId.asText().strip();
        if (text.length() > LONGEST_LINE_ID || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "line_id", "At most " + LONGEST_LINE_ID + " characters, none of them a control character.", null);
        }
        return text;
    }

    private Recording recording(ObjectNode json) {
        for (String field : (Iterable<String>) json::fieldNames) {
            if (!FIELDS.contains(field)) {
                throw invalid(
                        field,
                        "There is no field '" + field + "' here. A line has line_id and either operation or claim.",
                        Suggestion.nearest(field, FIELDS));
            }
        }
        JsonNode operation = json.get("operation");
        JsonNode claim = json.get("claim");
        if ((operation == null) == (claim == null)) {
            throw invalid(null, "A line has either 'operation' or 'claim'.", null);
        }
        if (operation != null) {
            return Recording.operation(object("operation", operation), today);
        }
        Recording.NewClaim made = Recording.claim(object("claim", claim), today);
        if ((made.operationId() == null) == (made.operationExternalId() == null)) {
            throw invalid(
                    "operation_external_id",
                    "A claim names its operation by either operation_external_id or operation_id.",
                    null);
        }
        return made;
    }

    private static JsonNode object(String field, @Nullable JsonNode value) {
        if (value == null || !value.isObject()) {
            throw invalid(field, "An object is needed: {…}.", null);
        }
        return value;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static RuntimeException invalid(@Nullable String field, String detail, @Nullable String suggestion) {
        return Problem.of(ProblemType.INVALID_FIELD, detail)
                .about(field, suggestion)
                .asException();
    }
}
