package ledger287.agreements.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * One part being inflated. Stops when it grows beyond its limits, whatever the archive's directory said, and when one
 * piece of markup or of text is so long that an XML parser would have to hold more than a cell's worth in memory.
 */
final class GuardedPart extends FilterInputStream {
    /** A cell's 32,767 characters, written as numeric references, fit with room to spare. */
    private static final int LONGEST_PIECE = 1 << 19;

    private static final long RATIO_APPLIES_FROM = 1 << 20;
    private static final byte[] CDATA_START = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};

    private final String part;
    private final long compressed;
    private final ReadingLimits limits;
    private final InflationBudget budget;

    private long inflated;
    private int sinceMarkup;
    private int cdataMatched;
    private boolean inCdata;
    private int closingBrackets;

    GuardedPart(InputStream in, String part, long compressed, ReadingLimits limits, InflationBudget budget) {
        super(in);
        this.part = part;
        this.compressed = compressed;
        this.limits = limits;
        this.budget = budget;
    }

    /** The same limits for what the directory says as for what is really there. */
    static void check(String part, long inflated, long compressed, ReadingLimits limits) {
        if (inflated > limits.partBytes()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "Unpacked, the workbook's part '%s' would have more than %,d bytes."
                            .formatted(part, limits.partBytes()));
        }
        if (inflated > RATIO_APPLIES_FROM && compressed > 0 && inflated / compressed > limits.ratio()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The workbook's part '%s' unpacks to more than %,d times its size, as no real one does."
                            .formatted(part, limits.ratio()));
        }
    }

    static SheetRejected documentType(String part) {
        return new SheetRejected(
                Reason.DOCUMENT_TYPE,
                "The workbook's part '%s' declares a document type or uses entities, which no spreadsheet program"
                                .formatted(part)
                        + " writes. Send ICE's .xlsx as published.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            inflated += count;
            budget.spend(count);
            check(part, inflated, compressed, limits);
            watchPieces(buffer, offset, offset + count);
        }
        return count;
    }

    private void watchPieces(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (inCdata) {
                sinceMarkup++;
                if (b == '>' && closingBrackets >= 2) {
                    inCdata = false;
                }
                closingBrackets = b == ']' ? closingBrackets + 1 : 0;
            } else if (b == '<') {
                sinceMarkup = 0;
                cdataMatched = 1;
            } else {
                sinceMarkup++;
                if (cdataMatched > 0) {
                    cdataMatched = b == CDATA_START[cdataMatched] ? cdataMatched + 1 : 0;
                    if (cdataMatched == CDATA_START.length) {
                        cdataMatched = 0;
                        closingBrackets = 0;
                        inCdata = true;
                    }
                }
            }
            if (sinceMarkup > LONGEST_PIECE) {
                throw new SheetRejected(
                        Reason.TOO_LARGE,
                        "The workbook's part '%s' holds a piece of text longer than any cell may be.".formatted(part));
            }
        }
    }
}
