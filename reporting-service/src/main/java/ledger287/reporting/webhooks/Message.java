package ledger287.reporting.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.FeedChange;
import ledger287.reporting.feed.Start.Place.Gone;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is sent.
 *
 * @param id the same each time it is sent; a change's is the event's, as on every transport
 * @param cursor of a change
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Message(String id, Kind kind, @Nullable String cursor, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it is about. */
    enum Kind {
        /** A change, the same CloudEvent as on the stream. */
        CHANGE,
        /** To be echoed, before anything else is sent. */
        CHALLENGE,
        /** The webhook's cursor is worth nothing any more. */
        RESET,
        /** Its owner wished so. */
        TEST;

        /** As the database and the API have it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    static Message change(FeedChange change) {
        try {
            String id = JSON.readTree(change.json()).path("id").asText();
            return new Message(
                    id, Kind.CHANGE, change.cursor().toString(), change.json().getBytes(UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("The change log holds something that is not JSON at " + change.cursor(), e);
        }
    }

    /** @param token to be echoed */
    static Message challenge(UUID webhook, String token, String id, Instant now) {
        ObjectNode body = body("webhook.challenge", now);
        body.putObject("data").put("webhook_id", webhook.toString()).put("challenge", token);
        return of(id, Kind.CHALLENGE, body);
    }

    static Message test(UUID webhook, String id, Instant now) {
        ObjectNode body = body("webhook.test", now);
        body.putObject("data").put("webhook_id", webhook.toString());
        return of(id, Kind.TEST, body);
    }

    /** The same as a stream says. */
    static Message reset(UUID webhook, Gone gone, String snapshot) {
        Cursor floor = gone.floor();
        ObjectNode body = JSON.createObjectNode();
        body.put("type", "reset");
        body.put("floor", floor.toString());
        body.put("snapshot", snapshot);
        body.put("detail", gone.detail());
        body.put("webhook_id", webhook.toString());
        return of("reset-" + floor.epoch(), Kind.RESET, body);
    }

    String mediaType() {
        return kind == Kind.CHANGE ? "application/cloudevents+json" : "application/json";
    }

    /** Whether an answer's body is the token, alone or as the member {@code challenge} of an object. */
    static boolean echoes(String answer, String token) {
        String text = answer.strip();
        if (text.equals(token)) {
            return true;
        }
        if (!text.startsWith("{")) {
            return false;
        }
        try {
            JsonNode echoed = JSON.readTree(text).path("challenge");
            return echoed.isTextual() && echoed.textValue().equals(token);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static ObjectNode body(String type, Instant now) {
        return JSON.createObjectNode().put("type", type).put("timestamp", now.toString());
    }

    private static Message of(String id, Kind kind, ObjectNode body) {
        return new Message(id, kind, null, body.toString().getBytes(UTF_8));
    }
}
