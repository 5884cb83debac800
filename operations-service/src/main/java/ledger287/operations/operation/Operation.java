package ledger287.operations.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enforcement operation, or the programme as a whole where claims are about that.
 *
 * @param externalId the name that whoever recorded it gave it; unique
 * @param reason why it was corrected or retracted, from the newest such act
 */
public record Operation(
        UUID id,
        @Nullable String externalId,
        Description description,
        List<Overlap> overlaps,
        OperationStatus status,
        @Nullable String reason) {

    public Operation {
        overlaps = List.copyOf(overlaps);
    }

    boolean isRetracted() {
        return status == OperationStatus.RETRACTED;
    }

    Optional<Overlap> overlapWith(UUID other) {
        return overlaps.stream().filter(o -> o.operationId().equals(other)).findFirst();
    }

    Operation withOverlap(Overlap overlap) {
        List<Overlap> others = new ArrayList<>(overlaps.stream()
                .filter(o -> !o.operationId().equals(overlap.operationId()))
                .toList());
        others.add(overlap);
        return new Operation(id, externalId, description, others, status, reason);
    }

    Operation described(Description other, @Nullable String why) {
        return new Operation(id, externalId, other, overlaps, status, why);
    }

    Operation retracted(String why) {
        return new Operation(id, externalId, description, overlaps, OperationStatus.RETRACTED, why);
    }
}
