package ledger287.agreements.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * Corrections of what the ledger read in a row. A value that ICE's row states otherwise comes back with the next
 * workbook, as a change of ICE's: what ICE lists is never overruled, only what the ledger made of it.
 */
public final class Corrections {
    private Corrections() {}

    /**
     * The values to put in place; null leaves a value as it is.
     *
     * @param signedOn with {@code signedPrecision} day; for the first day of a month or year that is known, the precision says so
     */
    public record Values(
            @Nullable State state,
            @Nullable AgencyType agencyType,
            @Nullable String county,
            @Nullable SupportType supportType,
            @Nullable LocalDate signedOn,
            @Nullable Precision signedPrecision) {}

    /** Corrects an agreement's values. */
    public static Decision correct(Roster roster, UUID agreementId, Values values, Fact.Editor editor, Instant now) {
        Optional<Agreement> found = roster.agreement(agreementId);
        if (found.isEmpty() || found.get().status() == Agreement.Status.RETRACTED) {
            return new Decision.Rejected("unknown_agreement", "There is no agreement " + agreementId + ".");
        }
        if ((values.signedOn() == null) != (values.signedPrecision() == null)) {
            return new Decision.Rejected("signed_date", "Give signed_on and its precision together.");
        }
        Agreement before = found.get();
        Agreement after = corrected(before, values);
        if (after.equals(before)) {
            return new Decision.Unchanged("The agreement has these values already.");
        }
        return new Decision.Accepted(List.of(new EditorsAct(roster, editor, now)
                .fact(
                        new RosterEvent.AgreementEvent(AgreementChange.CORRECTED, before, after),
                        agreementId,
                        editor.reason())));
    }

    private static Agreement corrected(Agreement before, Values values) {
        return new Agreement(
                before.id(),
                before.agencyId(),
                values.state() == null ? before.state() : values.state(),
                before.agencyName(),
                values.agencyType() == null ? before.agencyType() : values.agencyType(),
                values.county() == null ? before.county() : values.county(),
                values.supportType() == null ? before.supportType() : values.supportType(),
                values.signedOn() == null ? before.signedOn() : values.signedOn(),
                values.signedPrecision() == null ? before.signedPrecision() : values.signedPrecision(),
                values.signedOn() == null && before.signedRepaired(),
                before.moa(),
                before.addendum(),
                before.status(),
                before.provisional(),
                before.possibleDuplicateOf(),
                before.firstListedAt(),
                before.lastListedAt(),
                before.firstAbsentAt(),
                before.ended());
    }
}
