package ledger287.agreements.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event together with when the public could know it and why we say so.
 *
 * @param evidence null only for events about the ledger or a sheet itself
 * @param editor who decided it; null when a workbook shows it
 */
public record Fact(
        RosterEvent event,
        Instant knownAt,
        @Nullable Evidence evidence,
        @Nullable Editor editor) {
    /** A person's act. */
    public record Editor(String by, String reason, @Nullable String sourceUrl) {}
}
