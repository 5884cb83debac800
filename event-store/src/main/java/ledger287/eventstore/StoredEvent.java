package ledger287.eventstore;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the log holds it.
 *
 * @param position place in the log: 1, 2, 3 …, without gaps
 * @param appendEnd position of the last event of the same append
 * @param version place in its stream: 1, 2, 3 …, without gaps
 * @param data JSON as PostgreSQL's {@code jsonb} writes it: same values, but key order and spacing are its own
 * @param recordedAt to the microsecond
 */
public record StoredEvent(
        long position,
        long appendEnd,
        UUID eventId,
        String streamId,
        long version,
        String type,
        int schemaVersion,
        String data,
        String metadata,
        Instant recordedAt) {}
