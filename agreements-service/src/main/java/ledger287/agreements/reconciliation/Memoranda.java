package ledger287.agreements.reconciliation;

import java.util.List;
import java.util.Optional;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;

/** Rows that link the very file that one vanished row linked, and nothing speaks against the file. */
final class Memoranda {
    private final Clues clues;
    private final Board board;

    Memoranda(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
    }

    void match() {
        for (Entry entry : board.appeared()) {
            entry.moaFile().stream()
                    .flatMap(file -> clues.roster().carriersOfMoaFile(file).stream())
                    .map(board::vanished)
                    .flatMap(Optional::stream)
                    .filter(agreement -> settles(agreement, entry))
                    .findFirst()
                    .ifPresent(agreement -> board.match(
                            agreement,
                            entry,
                            Tier.SAME_MOA_FILE,
                            agreement.supportType() == entry.support() && Clues.sameDate(agreement, entry)
                                    ? Confidence.CERTAIN
                                    : Confidence.STRONG,
                            List.of(
                                    clues.names(agreement, entry),
                                    "The same MOA file, " + entry.moaFile().orElseThrow()
                                            + ", was linked by that one row before and is linked by this one row now.",
                                    Clues.dates(agreement, entry))));
        }
    }

    /** A file settles it alone where support type and date agree; where one of them moved, the agency must not. */
    boolean settles(Agreement agreement, Entry entry) {
        if (!clues.moas().proves(agreement, entry)) {
            return false;
        }
        boolean oneAgency = clues.sameAgency(agreement, entry)
                || Clues.compare(agreement, entry).verdict().compatible();
        if (agreement.supportType() != entry.support()) {
            return oneAgency && Clues.sameDate(agreement, entry);
        }
        return oneAgency || Clues.shift(agreement, entry).atMost(DateShift.Kind.NEAR);
    }
}
