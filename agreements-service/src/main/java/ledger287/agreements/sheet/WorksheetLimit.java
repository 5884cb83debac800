package ledger287.agreements.sheet;

import ledger287.agreements.sheet.SheetRejected.Reason;

/** What is counted while a worksheet is read, and refused when there is too much of it. */
enum WorksheetLimit {
    ROWS(Reason.TOO_LARGE, "The table has more than %,d rows."),
    COLUMNS(
            Reason.TOO_MANY_COLUMNS,
            "The table has text beyond its column number %,d. Send ICE's workbook as published, or delete the columns"
                    + " that are not ICE's."),
    LINKS(Reason.TOO_LARGE, "The table has more than %,d hyperlinks."),
    MERGED_RANGES(Reason.TOO_LARGE, "The table has more than %,d merged ranges.");

    private final Reason reason;
    private final String sentence;

    WorksheetLimit(Reason reason, String sentence) {
        this.reason = reason;
        this.sentence = sentence;
    }

    void check(long count, long limit) {
        if (count > limit) {
            throw new SheetRejected(reason, sentence.formatted(limit));
        }
    }
}
