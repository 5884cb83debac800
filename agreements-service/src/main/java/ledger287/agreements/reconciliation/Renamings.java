package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;

/**
 * Renamed by handover: within one state and support type the old name vanishes in the sheet in which the new one
 * appears, the date agrees, and word by word the names are alike.
 */
final class Renamings {
    /** A respelled name and a moved date together need the dates to be this near. */
    private static final int RESPELLED_DAYS = 14;

    private final Clues clues;
    private final Board board;

    Renamings(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
    }

    void match() {
        Map<StateSupport, List<Entry>> now = StateSupport.group(board.appeared(), StateSupport::of);
        List<Board.Pair> pairs = new ArrayList<>();
        StateSupport.group(board.vanished(), agreement -> new StateSupport(agreement.state(), agreement.supportType()))
                .forEach((key, agreements) -> {
                    for (Agreement agreement : agreements) {
                        for (Entry entry : now.getOrDefault(key, List.of())) {
                            pair(agreement, entry).ifPresent(pairs::add);
                        }
                    }
                });
        board.settle(pairs);
    }

    private Optional<Board.Pair> pair(Agreement agreement, Entry entry) {
        DateShift shift = Clues.shift(agreement, entry);
        // One agency under the name it had is no renaming; whether its date moved has been decided before.
        if (clues.sameAgency(agreement, entry) || !shift.atMost(DateShift.Kind.TYPED)) {
            return Optional.empty();
        }
        boolean sameDate = shift.atMost(DateShift.Kind.UNREADABLE);
        NameComparison names = Clues.compare(agreement, entry);
        boolean alike =
                switch (names.verdict()) {
                    case SAME, FORM -> true;
                    case TYPO ->
                        (sameDate || shift.days() <= RESPELLED_DAYS) && !clues.twoNames(agreement, entry, names);
                    case BODY -> sameDate && !clues.appliedApart(agreement, entry);
                    case NEIGHBOUR, DIFFERENT -> sameDate && clues.relabelledBefore(agreement, entry);
                };
        if (!alike || Clues.countiesForbid(agreement, entry, names)) {
            return Optional.empty();
        }
        long weight = (sameDate ? 100L : 0L)
                + (names.verdict().compareTo(NameComparison.Verdict.FORM) <= 0 ? 20 : 10)
                + (Clues.knownCountyAgrees(agreement, entry) ? 2 : 0);
        return Optional.of(new Board.Pair(
                agreement,
                entry,
                weight,
                Tier.RENAMED,
                sameDate ? Confidence.STRONG : Confidence.PROBABLE,
                List.of(
                        clues.names(agreement, entry),
                        names.verdict().compatible()
                                ? Clues.inWords(names)
                                : "An earlier workbook had relabelled one of the two as the other; this one goes back.",
                        "The old name left the list in the workbook in which the new one appeared, in one state and for"
                                + " one support type.",
                        Clues.dates(agreement, entry))));
    }
}
