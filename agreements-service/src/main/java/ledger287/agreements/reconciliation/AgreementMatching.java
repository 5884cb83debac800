package ledger287.agreements.reconciliation;

import java.util.List;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.sheet.Sheet;

/**
 * Which row continues which agreement: rule by rule, strongest evidence first. What no rule settles is not guessed at;
 * it becomes a {@link Loss.Doubtful}.
 */
final class AgreementMatching {
    private final Board board;

    AgreementMatching(Roster roster, Sheet sheet, List<Entry> entries) {
        this.board = new Board(roster.listedAgreements(), entries);
        Clues clues = new Clues(roster, sheet, entries);
        SameKeys sameKeys = new SameKeys(clues, board);
        Memoranda memoranda = new Memoranda(clues, board);
        CellCorrections corrections = new CellCorrections(clues, board);
        Returns returns = new Returns(clues, board, memoranda);

        sameKeys.asListed();
        sameKeys.byAlias();
        sameKeys.byLastRow();
        returns.fromReview();
        memoranda.match();
        new DateChanges(clues, board).match();
        new Renamings(clues, board).match();
        corrections.matchSupportTypes();
        corrections.matchStates();
        returns.relisted();

        Disappearances disappearances = new Disappearances(clues, board);
        disappearances.duplicates();
        disappearances.returnedToPending();
        disappearances.leftovers();
    }

    /** Rows that continue agreements, in no particular order. */
    List<Match> matches() {
        return board.matches();
    }

    /** Rows without counterpart, in canonical order. */
    List<Entry> unmatched() {
        return board.appeared();
    }

    /** Agreements that no row continues. */
    List<Loss> losses() {
        return board.losses();
    }
}
