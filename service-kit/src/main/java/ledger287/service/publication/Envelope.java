package ledger287.service.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import ledger287.eventstore.PublicRecord;
import ledger287.eventstore.StoredEvent;

/**
 * The public form of every stored event: a CloudEvent in structured JSON, as {@code contracts/README.md} describes it.
 * The same stored event always gives the same bytes, so that a topic can be written anew.
 *
 * @param source e.g. {@code /ledger287/agreements}
 */
public record Envelope(String source) {
    private static final Map<String, String> HEADERS = Map.of("content-type", "application/cloudevents+json");

    /**
     * @param knownAt when the public could know it
     * @param commandId the command that caused it
     */
    public PublicRecord seal(StoredEvent stored, Instant knownAt, UUID commandId, ObjectNode data) {
        return new PublicRecord(stored.streamId(), Json.bytes(cloudEvent(stored, knownAt, commandId, data)), HEADERS);
    }

    private ObjectNode cloudEvent(StoredEvent stored, Instant knownAt, UUID commandId, ObjectNode data) {
        String type = publicType(stored.type());
        ObjectNode json = Json.object();
        json.put("specversion", "1.0");
        json.put("id", stored.eventId().toString());
        json.put("source", source);
        json.put("type", type);
        json.put("subject", stored.streamId());
        json.put("time", knownAt.toString());
        json.put("datacontenttype", "application/json");
        json.put("dataschema", "urn:ledger287:schema:" + type);
        json.put("recordedtime", stored.recordedAt().toString());
        json.put("sequence", position(stored.position()));
        json.put("appendend", position(stored.appendEnd()));
        json.put("streamversion", stored.version());
        json.put("causationid", commandId.toString());
        json.set("data", data);
        return json;
    }

    /** {@code agreement-date-changed} is published as {@code org.ledger287.agreement.date-changed.v1}. */
    public static String publicType(String type) {
        return "org.ledger287." + type.replaceFirst("-", ".") + ".v1";
    }

    private static String position(long position) {
        return String.format("%020d", position);
    }
}
