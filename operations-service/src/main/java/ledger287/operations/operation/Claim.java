package ledger287.operations.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A figure about an operation, as somebody stated it.
 *
 * @param knownAt from when the public could know it
 * @param supersedes the claim that it replaces: one the recorder named, or the same speaker's one before it
 * @param supersededBy the claim that replaces it
 * @param preferred whether an editor prefers it to its rivals
 * @param reason why it was corrected or retracted, from the newest such act
 */
public record Claim(
        UUID id,
        UUID operationId,
        Statement statement,
        Instant knownAt,
        @Nullable UUID supersedes,
        @Nullable UUID supersededBy,
        boolean preferred,
        ClaimStatus status,
        @Nullable String reason) {

    boolean isRetracted() {
        return status == ClaimStatus.RETRACTED;
    }

    boolean isCurrent() {
        return status == ClaimStatus.CURRENT;
    }

    Claim standing() {
        return new Claim(id, operationId, statement, knownAt, supersedes, null, preferred, ClaimStatus.CURRENT, reason);
    }

    Claim supersededBy(UUID other) {
        return new Claim(
                id, operationId, statement, knownAt, supersedes, other, preferred, ClaimStatus.SUPERSEDED, reason);
    }

    Claim retracted(String why) {
        return new Claim(
                id, operationId, statement, knownAt, supersedes, supersededBy, false, ClaimStatus.RETRACTED, why);
    }

    Claim preferred(boolean now) {
        return new Claim(id, operationId, statement, knownAt, supersedes, supersededBy, now, status, reason);
    }
}
