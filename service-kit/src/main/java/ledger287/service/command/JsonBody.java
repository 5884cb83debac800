package ledger287.service.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/**
 * JSON from outside, strictly read: nothing twice in an object, nothing after the end, no depth that no command has.
 *
 * @param text as sent, so that a command sent again can be recognised
 */
public record JsonBody(String text, JsonNode json) {
    private static final int DEEPEST = 20;

    /** What is read and thrown away beyond the limit, so that a client hears the answer instead of a broken pipe. */
    private static final long DRAINED = 64_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @param maxBytes a longer body is a problem of its own */
    public static JsonBody read(InputStream body, int maxBytes) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            drain(body);
            throw Problem.of(
                            ProblemType.TOO_LARGE,
                            "This address takes at most " + maxBytes
                                    + " bytes. Shorten what is long, or send less at once.")
                    .asException();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode json = parse(bytes);
            if (!json.isObject()) {
                throw malformed("The body is a JSON object: {…}.");
            }
            return new JsonBody(text, json);
        } catch (JsonProcessingException e) {
            throw malformed(reason(e));
        }
    }

    /** @throws JsonProcessingException when it is not JSON, or not in the strict sense above */
    public static JsonNode parse(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /** What is wrong and where, in one line, without the parser's own names. */
    public static String reason(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        String plain = first.replaceAll(" \\(`[^`]*`.*?\\)", "").replaceAll(" \\(for [^)]*\\)", "");
        return "Not the JSON that is expected here: " + plain
                + (e.getLocation() == null
                        ? ""
                        : " (line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr() + ")")
                + ".";
    }

    private static void drain(InputStream body) throws IOException {
        long left = DRAINED;
        byte[] discarded = new byte[64 * 1024];
        int read;
        while (left > 0 && (read = body.read(discarded)) >= 0) {
            left -= read;
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_BODY, detail).asException();
    }
}
