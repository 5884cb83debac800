package ledger287.operations.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.operations.operation.Dossier;
import ledger287.operations.operation.Fact;
import ledger287.operations.operation.LedgerEvent;

/**
 * A dossier with the version of each of its streams.
 *
 * @param claimVersions by claim
 */
public record Held(Dossier dossier, long operationVersion, Map<UUID, Long> claimVersions) {
    public Held {
        claimVersions = Map.copyOf(claimVersions);
    }

    public UUID operationId() {
        return dossier.operation().id();
    }

    /** As it is when these facts are stored. */
    public Held after(List<Fact> facts) {
        long operationVersionAfter = operationVersion;
        Map<UUID, Long> claimVersionsAfter = new HashMap<>(claimVersions);
        for (Fact fact : facts) {
            switch (fact.event()) {
                case LedgerEvent.OperationEvent event -> {
                    if (event.after().id().equals(operationId())) {
                        operationVersionAfter++;
                    }
                }
                case LedgerEvent.ClaimEvent event -> {
                    if (event.after().operationId().equals(operationId())) {
                        claimVersionsAfter.merge(event.after().id(), 1L, Long::sum);
                    }
                }
                case LedgerEvent.LedgerOpened opened -> {}
            }
        }
        return new Held(dossier.after(facts), operationVersionAfter, claimVersionsAfter);
    }

    /** Changes with every event about the operation or any of its claims. */
    public String tag() {
        long claimEvents =
                claimVersions.values().stream().mapToLong(Long::longValue).sum();
        return operationVersion + "-" + claimEvents;
    }

    /** Changes with every event about the claim. */
    public String claimTag(UUID claimId) {
        return String.valueOf(claimVersions.getOrDefault(claimId, 0L));
    }
}
