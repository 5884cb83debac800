package ledger287.agreements.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * What became of the agreements that no row continues. A departure is announced only where nothing at all suggests
 * another explanation; where something does, a person is asked.
 */
final class Disappearances {
    /** A pending workbook this near to a disappearance explains it. */
    private static final Duration RETURN_WINDOW = Duration.ofDays(14);

    private final Clues clues;
    private final Board board;
    private final Map<StateSupport, List<Match>> staying;

    Disappearances(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
        this.staying = board.vanished().isEmpty()
                ? Map.of()
                : StateSupport.group(
                        board.matches().stream()
                                .filter(match -> match.agreement().listed())
                                .toList(),
                        match -> new StateSupport(
                                match.agreement().state(), match.agreement().supportType()));
    }

    private List<Match> stayingBeside(Agreement agreement) {
        return staying.getOrDefault(new StateSupport(agreement.state(), agreement.supportType()), List.of());
    }

    /** Another row of the same agreement was listed before and stays. */
    void duplicates() {
        for (Agreement agreement : board.vanished()) {
            stayingBeside(agreement).stream()
                    .filter(match -> isDuplicate(agreement, match))
                    .min(Comparator.comparingLong(
                            match -> shift(agreement, match).days()))
                    .ifPresent(match -> board.lose(new Loss.Duplicate(
                            agreement,
                            match.agreement(),
                            List.of(
                                    "Its row vanished while row "
                                            + match.entry().row().number() + ", “"
                                            + match.entry().cells().agencyName()
                                            + "”, stays: both were listed before, for one support type.",
                                    Clues.dates(agreement, match.entry())))));
        }
    }

    private boolean isDuplicate(Agreement agreement, Match match) {
        Agreement other = match.agreement();
        if (!shift(agreement, match).atMost(DateShift.Kind.TYPED)
                || Clues.countiesConflict(agreement.county(), other.county())) {
            return false;
        }
        if (clues.sameAgency(agreement, other)) {
            return true;
        }
        NameComparison names = NameComparison.of(
                agreement.agencyName(), agreement.agencyType(), other.agencyName(), other.agencyType());
        boolean flagged = agreement.possibleDuplicateOf().contains(other.id())
                || other.possibleDuplicateOf().contains(agreement.id());
        return switch (names.verdict()) {
            case SAME, FORM -> !names.countyDropped() || flagged;
            // Both spellings are listed at once, so both are in use as names: not ours to say that they are one.
            case TYPO, BODY, NEIGHBOUR, DIFFERENT -> false;
        };
    }

    private static DateShift shift(Agreement agreement, Match staying) {
        DateShift before =
                DateShift.between(agreement.signedOn(), staying.agreement().signedOn());
        DateShift now = Clues.shift(agreement, staying.entry());
        return before.days() <= now.days() ? before : now;
    }

    /** The newest pending workbook lists it, where it did not while the agreement was listed. */
    void returnedToPending() {
        Optional<ImportedSheet> pending = clues.roster()
                .newestSheet(SheetKind.PENDING)
                .filter(sheet -> Duration.between(sheet.publishedAt(), clues.publishedAt())
                                .abs()
                                .compareTo(RETURN_WINDOW)
                        <= 0);
        if (pending.isEmpty()) {
            return;
        }
        for (Agreement agreement : board.vanished()) {
            clues.roster().applicationsOf(clues.roster().survivor(agreement.agencyId())).stream()
                    .filter(application -> application.listed() && application.supportType() == agreement.supportType())
                    .filter(application -> application.agreementId() == null
                            || application.agreementId().equals(agreement.id()))
                    .filter(application -> appearedSince(agreement, application))
                    .findFirst()
                    .ifPresent(application -> board.lose(new Loss.Returned(
                            agreement,
                            application,
                            List.of("It left the list, and the pending workbook of "
                                    + pending.get().publishedLabel() + " lists “" + application.agencyName()
                                    + "” for the same support type."))));
        }
    }

    /** An application that ICE never took off the pending list says nothing of an agreement's end. */
    private boolean appearedSince(Agreement agreement, Application application) {
        Instant listed = agreement.firstListedAt();
        return listed == null
                || clues.roster()
                        .appearedAt(application)
                        .filter(listed::isBefore)
                        .isPresent();
    }

    /** Everything else: for a person to judge if anything suggests what became of it, else unlisted. */
    void leftovers() {
        List<Entry> appeared = board.appeared();
        for (Agreement agreement : board.vanished()) {
            List<Loss.Suspect> suspects = new ArrayList<>();
            appeared.forEach(entry -> suspicion(agreement, entry).ifPresent(suspects::add));
            stayingBeside(agreement).stream()
                    .filter(match -> clues.sameAgency(agreement, match.agreement())
                            && !Clues.countiesConflict(
                                    agreement.county(), match.agreement().county()))
                    .forEach(match -> suspects.add(new Loss.Suspect.Staying(
                            match.agreement(),
                            List.of(
                                    "The same agency keeps another agreement of the same support type.",
                                    Clues.dates(agreement, match.entry())))));
            // Of a provisional one it is not even decided whether it is an agreement of its own.
            board.lose(
                    suspects.isEmpty() && !agreement.provisional()
                            ? departed(agreement)
                            : doubtful(agreement, suspects));
        }
    }

    private Loss departed(Agreement agreement) {
        return new Loss.Departed(
                agreement,
                List.of("Listed until " + clues.before() + "; no row of " + clues.label()
                        + " continues it: none with its name, its MOA file, or its state, support type and date."));
    }

    private Loss doubtful(Agreement agreement, List<Loss.Suspect> suspects) {
        return new Loss.Doubtful(
                agreement,
                suspects,
                List.of("Listed until " + clues.before() + "; what may have become of it is not certain."));
    }

    /** Whether a new row may be what became of an agreement: enough to ask a person, too little to say so. */
    private Optional<Loss.Suspect> suspicion(Agreement agreement, Entry entry) {
        boolean sameState = agreement.state() == entry.cells().state();
        boolean sameSupport = agreement.supportType() == entry.support();
        boolean sameDay = Clues.signedOnOneDay(agreement, entry);
        boolean sameFile = clues.moas().sameFile(agreement, entry);
        if (!sameFile && !sameState && !(sameSupport && sameDay)) {
            return Optional.empty();
        }
        NameComparison names = Clues.compare(agreement, entry);
        boolean oneName = clues.sameAgency(agreement, entry) || names.verdict().compatible();
        boolean onePlace = oneName || names.verdict() == NameComparison.Verdict.NEIGHBOUR;
        List<String> facts = new ArrayList<>();
        if (sameFile) {
            facts.add("Links the same MOA file, which does not settle it: other rows have linked it, or it names"
                    + " another agency, state or support type.");
        }
        if (sameState && sameSupport && sameDay && !certainlyAnother(agreement, entry)) {
            facts.add("Same state, support type and signed date, appeared where the old row vanished.");
        }
        if (sameState
                && sameSupport
                && (oneName || (onePlace && Clues.shift(agreement, entry).atMost(DateShift.Kind.TYPED)))) {
            facts.add("The same place, in the same state and for the same support type.");
        }
        if (facts.isEmpty()
                && sameState
                && sameSupport
                && Clues.shift(agreement, entry).atMost(DateShift.Kind.TYPED)
                && Words.of(agreement.agencyName())
                        .resembles(Words.of(entry.cells().agencyName()))
                && !certainlyAnother(agreement, entry)) {
            facts.add("A name that resembles it, in the same state and for the same support type, signed about then.");
        }
        if (sameState
                && !sameSupport
                && oneName
                && sameDay
                && clues.ownApplication(entry).isEmpty()) {
            facts.add("The same agency and signed date under another support type.");
        }
        if (!sameState && sameSupport && names.verdict() == NameComparison.Verdict.SAME && sameDay) {
            facts.add("The same name, support type and signed date in another state.");
        }
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        facts.addFirst(clues.names(agreement, entry));
        facts.add(Clues.dates(agreement, entry));
        return Optional.of(new Loss.Suspect.Appeared(entry, facts));
    }

    /**
     * Whether a row is known to be another agency's: it applied under its own name, and the vanished row cannot have
     * been that application's outcome mislabelled, since it has one of its own or was there before it was filed.
     */
    private boolean certainlyAnother(Agreement agreement, Entry entry) {
        return clues.ownApplication(entry)
                .filter(application -> clues.hasOwnApplication(agreement)
                        || (agreement.firstListedAt() != null
                                && agreement.firstListedAt().isBefore(application.firstListedAt())))
                .isPresent();
    }
}
