package ledger287.agreements.roster;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images of agreements after an editor's act. */
final class AgreementImages {
    private AgreementImages() {}

    static Agreement withStatus(Agreement agreement, Agreement.Status status) {
        return with(agreement, agreement.agencyId(), status, false, agreement.ended());
    }

    static Agreement confirmed(Agreement agreement) {
        return with(agreement, agreement.agencyId(), agreement.status(), false, agreement.ended());
    }

    static Agreement heldBy(Agreement agreement, UUID agencyId) {
        return with(agreement, agencyId, agreement.status(), agreement.provisional(), agreement.ended());
    }

    static Agreement ended(Agreement agreement, Agreement.Status status, Agreement.Ending ending) {
        return with(agreement, agreement.agencyId(), status, agreement.provisional(), ending);
    }

    private static Agreement with(
            Agreement agreement,
            UUID agencyId,
            Agreement.Status status,
            boolean provisional,
            Agreement.@Nullable Ending ended) {
        return new Agreement(
                agreement.id(),
                agencyId,
                agreement.state(),
                agreement.agencyName(),
                agreement.agencyType(),
                agreement.county(),
                agreement.supportType(),
                agreement.signedOn(),
                agreement.signedPrecision(),
                agreement.signedRepaired(),
                agreement.moa(),
                agreement.addendum(),
                status,
                provisional,
                agreement.possibleDuplicateOf(),
                agreement.firstListedAt(),
                agreement.lastListedAt(),
                agreement.firstAbsentAt(),
                ended);
    }

    /** The predecessor, listed again with everything that its successor's row says. */
    static Agreement continuedBy(Agreement predecessor, Agreement successor) {
        List<UUID> twins = successor.possibleDuplicateOf().stream()
                .filter(id -> !id.equals(predecessor.id()))
                .toList();
        return new Agreement(
                predecessor.id(),
                successor.agencyId(),
                successor.state(),
                successor.agencyName(),
                successor.agencyType(),
                successor.county(),
                successor.supportType(),
                successor.signedOn(),
                successor.signedPrecision(),
                successor.signedRepaired(),
                successor.moa(),
                successor.addendum(),
                Agreement.Status.LISTED,
                false,
                twins,
                predecessor.firstListedAt(),
                null,
                null,
                predecessor.ended());
    }
}
