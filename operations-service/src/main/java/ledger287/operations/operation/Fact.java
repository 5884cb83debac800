package ledger287.operations.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event together with when the public could know it and why we say so.
 *
 * @param grounds what it rests on, in words for a reader; empty only for events about the ledger itself
 * @param act who recorded it; null only for events about the ledger itself
 */
public record Fact(
        LedgerEvent event,
        Instant knownAt,
        List<String> grounds,
        @Nullable Act act) {
    public Fact {
        grounds = List.copyOf(grounds);
    }
}
