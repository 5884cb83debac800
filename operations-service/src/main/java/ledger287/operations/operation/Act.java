package ledger287.operations.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's doing: who, when, why, and on which source.
 *
 * @param by the name of the key
 */
public record Act(
        String by,
        Instant recordedAt,
        String reason,
        @Nullable String sourceUrl) {}
