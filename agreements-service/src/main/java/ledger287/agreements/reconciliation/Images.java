package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Precision;
import org.jspecify.annotations.Nullable;

/** Images of agreements and applications after a sheet. */
final class Images {
    private Images() {}

    /** A newly listed agreement. */
    static Agreement signed(
            UUID id, UUID agencyId, Entry entry, boolean provisional, List<UUID> possibleDuplicateOf, Instant at) {
        return new Agreement(
                id,
                agencyId,
                entry.cells().state(),
                entry.cells().agencyName(),
                entry.cells().agencyType(),
                entry.cells().county(),
                entry.support(),
                entry.cells().signedOn(),
                entry.cells().signedOn() == null ? Precision.UNKNOWN : Precision.DAY,
                entry.signedRepaired(),
                entry.moa(),
                entry.addendum(),
                Agreement.Status.LISTED,
                provisional,
                possibleDuplicateOf,
                at,
                null,
                null,
                null);
    }

    /**
     * An agreement as its row of today shows it. A state, support type, kind of agency or date that cannot be read
     * today does not unsay what was read before; a county that ICE now leaves out does.
     */
    static Agreement listed(Agreement before, UUID agencyId, Entry entry, List<UUID> possibleDuplicateOf) {
        boolean dated = entry.cells().signedOn() != null;
        return new Agreement(
                before.id(),
                agencyId,
                entry.cells().state() == null ? before.state() : entry.cells().state(),
                entry.cells().agencyName(),
                entry.cells().agencyType() == null
                        ? before.agencyType()
                        : entry.cells().agencyType(),
                entry.cells().county(),
                entry.support() == null ? before.supportType() : entry.support(),
                dated ? entry.cells().signedOn() : before.signedOn(),
                dated ? Precision.DAY : before.signedPrecision(),
                dated ? entry.signedRepaired() : before.signedRepaired(),
                entry.moa(),
                entry.addendum(),
                Agreement.Status.LISTED,
                before.provisional(),
                possibleDuplicateOf,
                before.firstListedAt(),
                null,
                null,
                before.ended());
    }

    /** An agreement whose row is gone. */
    static Agreement gone(Agreement before, Agreement.Status status, @Nullable Instant lastListedAt, Instant at) {
        return new Agreement(
                before.id(),
                before.agencyId(),
                before.state(),
                before.agencyName(),
                before.agencyType(),
                before.county(),
                before.supportType(),
                before.signedOn(),
                before.signedPrecision(),
                before.signedRepaired(),
                before.moa(),
                before.addendum(),
                status,
                false,
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                lastListedAt,
                at,
                before.ended());
    }

    static Agreement withStatus(Agreement before, Agreement.Status status) {
        return copy(before, status, false);
    }

    static Agreement confirmed(Agreement before) {
        return copy(before, before.status(), false);
    }

    private static Agreement copy(Agreement before, Agreement.Status status, boolean provisional) {
        return new Agreement(
                before.id(),
                before.agencyId(),
                before.state(),
                before.agencyName(),
                before.agencyType(),
                before.county(),
                before.supportType(),
                before.signedOn(),
                before.signedPrecision(),
                before.signedRepaired(),
                before.moa(),
                before.addendum(),
                status,
                provisional,
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                before.lastListedAt(),
                before.firstAbsentAt(),
                before.ended());
    }

    /** A newly filed application. */
    static Application filed(
            UUID id,
            UUID agencyId,
            Entry entry,
            List<UUID> possibleDuplicateOf,
            Instant at,
            @Nullable Instant absentBefore) {
        return new Application(
                id,
                agencyId,
                entry.cells().state(),
                entry.cells().agencyName(),
                entry.cells().agencyType(),
                entry.cells().county(),
                entry.support(),
                Application.Status.OPEN,
                true,
                null,
                possibleDuplicateOf,
                at,
                absentBefore,
                null,
                null);
    }

    /** An application as its row of today shows it. */
    static Application listed(Application before, UUID agencyId, Entry entry, Application.Status status) {
        return new Application(
                before.id(),
                agencyId,
                entry.cells().state() == null ? before.state() : entry.cells().state(),
                entry.cells().agencyName(),
                entry.cells().agencyType() == null
                        ? before.agencyType()
                        : entry.cells().agencyType(),
                entry.cells().county(),
                entry.support() == null ? before.supportType() : entry.support(),
                status,
                true,
                status == Application.Status.GRANTED ? before.agreementId() : null,
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                before.absentBefore(),
                null,
                null);
    }

    /** An application whose row is gone; a granted one stays granted. */
    static Application gone(Application before, @Nullable Instant lastListedAt, Instant at) {
        return new Application(
                before.id(),
                before.agencyId(),
                before.state(),
                before.agencyName(),
                before.agencyType(),
                before.county(),
                before.supportType(),
                before.status() == Application.Status.OPEN ? Application.Status.AWAITING_OUTCOME : before.status(),
                false,
                before.agreementId(),
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                before.absentBefore(),
                lastListedAt,
                at);
    }

    static Application answered(Application before, Application.Status status, @Nullable UUID agreementId) {
        return new Application(
                before.id(),
                before.agencyId(),
                before.state(),
                before.agencyName(),
                before.agencyType(),
                before.county(),
                before.supportType(),
                status,
                before.listed(),
                agreementId,
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                before.absentBefore(),
                before.lastListedAt(),
                before.firstAbsentAt());
    }
}
