package ledger287.eventstore;

import java.util.Map;

/**
 * What the topic carries for one event.
 *
 * @param value the bytes as they go on the topic; handed over, not to be changed afterwards
 * @param headers values are written as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; Kafka takes the array as it is.
public record PublicRecord(String key, byte[] value, Map<String, String> headers) {

    public PublicRecord {
        headers = Map.copyOf(headers);
    }
}
