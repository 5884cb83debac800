package ledger287.agreements.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends that a document proves. Absence from ICE's list never ends anything. */
public final class Endings {
    private Endings() {}

    /**
     * Records that an agreement ended. While ICE still lists it, it stays listed and the document's word is kept beside
     * it; once the row leaves the list, its status is ended.
     */
    public static Decision end(
            Roster roster, UUID agreementId, Agreement.Ending ending, Fact.Editor editor, Instant now) {
        Optional<Agreement> found = roster.agreement(agreementId);
        if (found.isEmpty() || found.get().status() == Agreement.Status.RETRACTED) {
            return new Decision.Rejected("unknown_agreement", "There is no agreement " + agreementId + ".");
        }
        Agreement agreement = found.get();
        if (agreement.status() == Agreement.Status.UNDER_REVIEW) {
            return new Decision.Rejected(
                    "under_review", "The agreement is under review; decide the review first, then record the ending.");
        }
        if (ending.equals(agreement.ended())) {
            return new Decision.Unchanged("This ending is recorded already.");
        }
        Optional<Decision.Rejected> impossible = impossible(agreement, ending);
        if (impossible.isPresent()) {
            return impossible.get();
        }
        Agreement after = AgreementImages.ended(
                agreement, agreement.listed() ? Agreement.Status.LISTED : Agreement.Status.ENDED, ending);
        return new Decision.Accepted(List.of(new EditorsAct(roster, editor, now)
                .fact(
                        new RosterEvent.AgreementEvent(AgreementChange.ENDED, agreement, after),
                        agreementId,
                        "A document says so.",
                        editor.reason())));
    }

    /** Records that an application came to nothing. */
    public static Decision lapse(Roster roster, UUID applicationId, Fact.Editor editor, Instant now) {
        Optional<Application> found = roster.application(applicationId);
        if (found.isEmpty() || found.get().status() == Application.Status.RETRACTED) {
            return new Decision.Rejected("unknown_application", "There is no application " + applicationId + ".");
        }
        Application application = found.get();
        return switch (application.status()) {
            case LAPSED -> new Decision.Unchanged("The application is recorded as lapsed already.");
            case GRANTED ->
                new Decision.Rejected(
                        "application_granted",
                        "The application was granted; end the agreement that answers it instead.");
            case OPEN, AWAITING_OUTCOME, UNDER_REVIEW, RETRACTED ->
                new Decision.Accepted(List.of(new EditorsAct(roster, editor, now)
                        .fact(
                                new RosterEvent.ApplicationEvent(
                                        ApplicationChange.LAPSED,
                                        application,
                                        ApplicationImages.withStatus(
                                                application, Application.Status.LAPSED, application.listed())),
                                applicationId,
                                "A document says so.",
                                editor.reason())));
        };
    }

    private static Optional<Decision.Rejected> impossible(Agreement agreement, Agreement.Ending ending) {
        LocalDate last = latest(ending);
        if ((ending.on() == null) != (ending.precision() == Precision.UNKNOWN)) {
            return Optional.of(new Decision.Rejected(
                    "ending_date", "Give a date with its precision, or no date and the precision unknown."));
        }
        if (ending.notBefore() != null
                && ending.notAfter() != null
                && ending.notAfter().isBefore(ending.notBefore())) {
            return Optional.of(new Decision.Rejected("ending_date", "not_after lies before not_before."));
        }
        if (last != null && agreement.signedOn() != null && last.isBefore(agreement.signedOn())) {
            return Optional.of(new Decision.Rejected(
                    "ended_before_signed",
                    "The agreement was signed on " + agreement.signedOn() + "; it cannot have ended before."));
        }
        return Optional.empty();
    }

    /** The last day it can have ended on, as far as the document says. */
    private static @Nullable LocalDate latest(Agreement.Ending ending) {
        LocalDate on = ending.on();
        if (on == null) {
            return ending.notAfter();
        }
        return switch (ending.precision()) {
            case DAY -> on;
            case MONTH -> YearMonth.from(on).atEndOfMonth();
            case YEAR -> on.withDayOfYear(on.lengthOfYear());
            case UNKNOWN -> null;
        };
    }
}
