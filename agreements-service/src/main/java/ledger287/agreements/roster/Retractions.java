package ledger287.agreements.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Taking back what should not have been announced, visibly: by further events that name the ones they take back.
 *
 * <p>An import is taken back from the end of the log: only the newest workbook of its kind, and only while every thing
 * it touched is still as it left it. Whoever wants to undo an older one retracts the newer ones first and imports them
 * again after; anything else would leave the ledger at odds with the newest workbook.
 */
public final class Retractions {
    private Retractions() {}

    /** A fact with the id under which it is recorded. */
    public record Recorded(UUID eventId, Fact fact) {}

    /**
     * Compensates every event of an import, last one first. Things it brought are retracted, things it changed are as
     * before; agencies it registered stay known, without rows.
     *
     * <p>Each compensation is known from when the public could know what it takes back, not from now as other acts of
     * editors are: otherwise the wrong workbook would answer for its day for ever, beside the right one that takes its
     * place. What the ledger once said of that day is what a pinned position answers.
     *
     * @param facts every fact of the import's append, in log order
     */
    public static Decision retractSheet(Roster roster, UUID sheetId, List<Recorded> facts, Fact.Editor editor) {
        Optional<ImportedSheet> found = roster.sheet(sheetId);
        if (found.isEmpty()) {
            return new Decision.Rejected("unknown_sheet", "There is no import " + sheetId + ".");
        }
        ImportedSheet sheet = found.get();
        Optional<Decision> refusal = refusal(roster, sheet, facts);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<Fact> taken = new ArrayList<>();
        for (Recorded recorded : facts.reversed()) {
            EditorsAct act = new EditorsAct(roster, editor, recorded.fact().knownAt());
            compensate(act, recorded).ifPresent(taken::add);
        }
        return new Decision.Accepted(ordered(taken));
    }

    /** The sheet's own event comes last, as it does in an import. */
    private static List<Fact> ordered(List<Fact> facts) {
        List<Fact> ordered = new ArrayList<>();
        facts.stream()
                .filter(fact -> !(fact.event() instanceof RosterEvent.SheetEvent))
                .forEach(ordered::add);
        facts.stream()
                .filter(fact -> fact.event() instanceof RosterEvent.SheetEvent)
                .forEach(ordered::add);
        return ordered;
    }

    private static Optional<Decision> refusal(Roster roster, ImportedSheet sheet, List<Recorded> facts) {
        switch (sheet.status()) {
            case RETRACTED -> {
                return Optional.of(new Decision.Unchanged("This import is retracted already."));
            }
            case HELD, REJECTED -> {
                return Optional.of(new Decision.Rejected(
                        "not_imported", "This workbook was never imported; release or reject it instead."));
            }
            case IMPORTED -> {}
        }
        ImportedSheet newest = roster.newestSheet(sheet.kind()).orElseThrow();
        if (!newest.id().equals(sheet.id())) {
            return Optional.of(new Decision.Rejected(
                    "later_import",
                    "The workbook of " + newest.publishedLabel() + " was imported on top of it; retract that one first"
                            + " and import it again afterwards."));
        }
        Map<String, RosterEvent> left = new LinkedHashMap<>();
        facts.forEach(recorded ->
                left.put(recorded.fact().event().streamId(), recorded.fact().event()));
        for (Map.Entry<String, RosterEvent> thing : left.entrySet()) {
            if (!stillSo(roster, thing.getValue())) {
                return Optional.of(new Decision.Rejected(
                        "later_facts_stand_on_it",
                        thing.getKey() + " has changed since this import; take that change back first."));
            }
        }
        return Optional.empty();
    }

    private static boolean stillSo(Roster roster, RosterEvent left) {
        return switch (left) {
            case RosterEvent.LedgerOpened opened -> true;
            case RosterEvent.AgencyEvent event ->
                roster.agency(event.after().id()).filter(event.after()::equals).isPresent();
            case RosterEvent.AgreementEvent event ->
                roster.agreement(event.after().id())
                        .filter(event.after()::equals)
                        .isPresent();
            case RosterEvent.ApplicationEvent event ->
                roster.application(event.after().id())
                        .filter(event.after()::equals)
                        .isPresent();
            case RosterEvent.ReviewEvent event ->
                roster.review(event.after().id()).filter(event.after()::equals).isPresent();
            case RosterEvent.SheetEvent event -> true;
        };
    }

    private static Optional<Fact> compensate(EditorsAct act, Recorded recorded) {
        UUID eventId = recorded.eventId();
        String words = "The import that said so is taken back: " + act.editor().reason();
        return switch (recorded.fact().event()) {
            case RosterEvent.LedgerOpened opened -> Optional.empty();
            case RosterEvent.AgencyEvent event -> {
                Agency before = event.before() == null ? event.after() : event.before();
                yield Optional.of(act.taking(
                        new RosterEvent.AgencyEvent(
                                AgencyChange.CORRECTED, /* before= */ event.after(), /* after= */ before),
                        event.after().id(),
                        eventId,
                        words));
            }
            case RosterEvent.AgreementEvent event ->
                Optional.of(act.taking(
                        event.before() == null
                                ? new RosterEvent.AgreementEvent(
                                        AgreementChange.RETRACTED,
                                        event.after(),
                                        AgreementImages.withStatus(event.after(), Agreement.Status.RETRACTED))
                                : new RosterEvent.AgreementEvent(
                                        AgreementChange.CORRECTED,
                                        /* before= */ event.after(),
                                        /* after= */ event.before()),
                        event.after().id(),
                        eventId,
                        words));
            case RosterEvent.ApplicationEvent event ->
                Optional.of(act.taking(
                        event.before() == null
                                ? new RosterEvent.ApplicationEvent(
                                        ApplicationChange.RETRACTED,
                                        event.after(),
                                        ApplicationImages.withStatus(
                                                event.after(), Application.Status.RETRACTED, false))
                                : new RosterEvent.ApplicationEvent(
                                        ApplicationChange.CORRECTED,
                                        /* before= */ event.after(),
                                        /* after= */ event.before()),
                        event.after().id(),
                        eventId,
                        words));
            case RosterEvent.ReviewEvent event ->
                Optional.of(act.taking(review(event), event.after().subjectId(), eventId, words));
            case RosterEvent.SheetEvent event ->
                Optional.of(act.aboutSheet(
                        new RosterEvent.SheetEvent(SheetChange.RETRACTED, event.after(), retracted(event.after())),
                        eventId));
        };
    }

    private static RosterEvent.ReviewEvent review(RosterEvent.ReviewEvent event) {
        if (event.before() == null) {
            return new RosterEvent.ReviewEvent(
                    ReviewChange.CLOSED,
                    event.after(),
                    new Review(
                            event.after().id(),
                            event.after().subjectId(),
                            event.after().question(),
                            event.after().candidates(),
                            Review.Status.CLOSED,
                            null));
        }
        // The import had settled it; it is open again.
        return new RosterEvent.ReviewEvent(ReviewChange.OPENED, null, event.before());
    }

    private static ImportedSheet retracted(ImportedSheet sheet) {
        return new ImportedSheet(
                sheet.id(),
                sheet.kind(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publishedAt(),
                sheet.publishedLabel(),
                ImportedSheet.Status.RETRACTED,
                sheet.rows(),
                sheet.changes(),
                sheet.listedAfter(),
                sheet.differences());
    }

    /** Takes back an agreement that was recorded by mistake. What ICE lists cannot be retracted, only corrected. */
    public static Decision retractAgreement(Roster roster, UUID agreementId, Fact.Editor editor, Instant now) {
        Optional<Agreement> found = roster.agreement(agreementId);
        if (found.isEmpty()) {
            return new Decision.Rejected("unknown_agreement", "There is no agreement " + agreementId + ".");
        }
        Agreement agreement = found.get();
        return switch (agreement.status()) {
            case RETRACTED -> new Decision.Unchanged("The agreement is retracted already.");
            case LISTED ->
                new Decision.Rejected(
                        "listed",
                        "The newest workbook lists this agreement; correct its values, or retract the import.");
            case UNDER_REVIEW ->
                new Decision.Rejected("under_review", "The agreement is under review; decide the review first.");
            case UNLISTED, DUPLICATE_REMOVED, RETURNED_TO_PENDING, ENDED ->
                new Decision.Accepted(List.of(new EditorsAct(roster, editor, now)
                        .fact(
                                new RosterEvent.AgreementEvent(
                                        AgreementChange.RETRACTED,
                                        agreement,
                                        AgreementImages.withStatus(agreement, Agreement.Status.RETRACTED)),
                                agreementId,
                                "Announced by mistake.",
                                editor.reason())));
        };
    }
}
