package ledger287.eventstore;

import java.util.List;
import java.util.UUID;

/**
 * Records of consecutive events, the first of which is at {@code firstPosition}; never empty.
 *
 * @param eventIds of the records' events, in their order
 */
record Batch(long firstPosition, List<PublicRecord> records, List<UUID> eventIds) {

    Batch {
        records = List.copyOf(records);
        eventIds = List.copyOf(eventIds);
    }

    long lastPosition() {
        return firstPosition + records.size() - 1;
    }
}
