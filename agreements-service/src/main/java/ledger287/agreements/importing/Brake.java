package ledger287.agreements.importing;

import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * Holds an import when more vanished than ICE ever takes back in one workbook: rather a cut-off file or another file than
 * so many departures. A person looks at it then.
 */
final class Brake {
    private static final int ROWS = 5;
    private static final double SHARE_OF_AGREEMENTS = 0.01;
    private static final double SHARE_OF_APPLICATIONS = 0.5;

    private Brake() {}

    /**
     * Much cruder for the pending workbook: applications leave it all the time, days before an agreement shows why, and
     * that alone says nothing of their outcome. What it must not do is take in a file of which half is missing.
     *
     * @param listedBefore how many agreements, or applications, were listed before the import
     */
    static boolean holds(SheetKind kind, Reconciliation reconciliation, int listedBefore) {
        double share =
                switch (kind) {
                    case PARTICIPATING -> SHARE_OF_AGREEMENTS;
                    case PENDING -> SHARE_OF_APPLICATIONS;
                };
        return reconciliation.unexplained() > ROWS && reconciliation.unexplained() > share * listedBefore;
    }
}
