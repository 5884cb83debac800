package ledger287.agreements.importing;

import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * Holds an import when more vanished than ICE ever takes back in one workbook: rather a cut-off file or another file than
 * so many departures. A person looks at it then.
 */
final class Brake {
    private static final int ROWS = 5;
    private static final double SHARE = 0.01;

    private Brake() {}

    /**
     * Only for the participating workbook: applications leave the pending one all the time, and that alone says nothing
     * of their outcome.
     *
     * @param listedBefore how many agreements were listed before the import
     */
    static boolean holds(SheetKind kind, Reconciliation reconciliation, int listedBefore) {
        return kind == SheetKind.PARTICIPATING
                && reconciliation.unexplained() > ROWS
                && reconciliation.unexplained() > SHARE * listedBefore;
    }
}
