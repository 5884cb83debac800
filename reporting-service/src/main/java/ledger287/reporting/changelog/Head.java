package ledger287.reporting.changelog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the query stores have come, or had come at an earlier cursor.
 *
 * @param newestKnownAt the latest time of publication among the changes; null before the first
 * @param sample whether the ledger holds sample data; null before it was opened
 * @param incomplete why answers are not complete, in words; empty when they are
 * @param completenessVersion moves with {@code incomplete} when no change does
 * @param positions newest position applied, by log; empty for an earlier cursor
 */
public record Head(
        Cursor cursor,
        @Nullable Instant newestKnownAt,
        @Nullable Boolean sample,
        List<String> incomplete,
        long completenessVersion,
        Map<String, Long> positions) {
    public Head {
        incomplete = List.copyOf(incomplete);
        positions = Map.copyOf(positions);
    }

    public boolean complete() {
        return incomplete.isEmpty();
    }
}
