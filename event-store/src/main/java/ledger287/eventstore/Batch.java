package ledger287.eventstore;

import java.util.List;

/** Records of consecutive events, the first of which is at {@code firstPosition}; never empty. */
record Batch(long firstPosition, List<PublicRecord> records) {

    Batch {
        records = List.copyOf(records);
    }

    long lastPosition() {
        return firstPosition + records.size() - 1;
    }
}
