package ledger287.agreements.importing;

import java.util.List;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.sheet.Sheet;

/**
 * What a workbook means for the ledger as it stands. Nothing is stored yet.
 *
 * @param sheet with the publication it is taken in under: a reissue's is a second after the one before
 * @param braked whether too much vanished unexplained
 * @param listedBefore agreements or applications listed before it
 * @param notes what a reader of the report should know of the file
 */
record Verdict(
        Sheet sheet,
        Reconciliation reconciliation,
        List<Invariant> invariants,
        boolean braked,
        int listedBefore,
        List<String> notes) {
    Verdict {
        invariants = List.copyOf(invariants);
        notes = List.copyOf(notes);
    }
}
