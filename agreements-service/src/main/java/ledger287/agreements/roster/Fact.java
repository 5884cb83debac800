package ledger287.agreements.roster;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event together with when the public could know it and why we say so.
 *
 * @param evidence null only for events about the ledger or a sheet itself
 * @param editor who decided it; null when a workbook shows it
 * @param retracts id of the recorded event that this one takes back, else null
 */
public record Fact(
        RosterEvent event,
        Instant knownAt,
        @Nullable Evidence evidence,
        @Nullable Editor editor,
        @Nullable UUID retracts) {

    /** A fact that takes nothing back. */
    public Fact(RosterEvent event, Instant knownAt, @Nullable Evidence evidence, @Nullable Editor editor) {
        this(event, knownAt, evidence, editor, null);
    }

    /** A person's act. */
    public record Editor(String by, String reason, @Nullable String sourceUrl) {}
}
