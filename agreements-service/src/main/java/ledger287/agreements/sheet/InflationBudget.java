package ledger287.agreements.sheet;

import ledger287.agreements.sheet.SheetRejected.Reason;

/** What may still be inflated while one workbook is read, all its parts together. */
final class InflationBudget {
    private long left;

    /** Three times the total: the table's tab is read for its headers, for its links and for its rows. */
    InflationBudget(ReadingLimits limits) {
        left = 3 * limits.totalBytes();
    }

    void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new SheetRejected(Reason.TOO_LARGE, "Unpacked, the workbook is larger than its directory says.");
        }
    }
}
