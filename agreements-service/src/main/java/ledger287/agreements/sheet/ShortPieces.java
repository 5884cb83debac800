package ledger287.agreements.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * Stands between a part and its XML parser, and stops when one piece of markup or of text is so long that the parser
 * would have to hold more than a cell's worth in memory.
 */
final class ShortPieces extends FilterInputStream {
    /** A cell's 32,767 characters, written as numeric references, fit with room to spare. */
    private static final int LONGEST = 1 << 19;

    private static final byte[] CDATA_START = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};

    private final String part;
    private int sinceMarkup;
    private int cdataMatched;
    private boolean inCdata;
    private int closingBrackets;

    ShortPieces(InputStream in, String part) {
        super(in);
        this.part = part;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        int end = offset + Math.max(0, count);
        int at = offset;
        while (at < end) {
            at = inCdata ? passCdata(buffer, at, end) : passMarkup(buffer, at, end);
        }
        return count;
    }

    private int passMarkup(byte[] buffer, int from, int end) {
        int i = from;
        while (i < end) {
            byte b = buffer[i++];
            if (b == '<') {
                sinceMarkup = 0;
                cdataMatched = 1;
            } else if (cdataMatched > 0) {
                cdataMatched = b == CDATA_START[cdataMatched] ? cdataMatched + 1 : 0;
                if (cdataMatched == CDATA_START.length) {
                    cdataMatched = 0;
                    closingBrackets = 0;
                    inCdata = true;
                    return i;
                }
            } else {
                int start = i - 1;
                while (i < end && buffer[i] != '<') {
                    i++;
                }
                sinceMarkup += i - start;
                check();
            }
        }
        return i;
    }

    /** Markup in it does not count: it is all one piece. */
    private int passCdata(byte[] buffer, int from, int end) {
        for (int i = from; i < end; i++) {
            byte b = buffer[i];
            sinceMarkup++;
            if (b == '>' && closingBrackets >= 2) {
                inCdata = false;
                return i + 1;
            }
            closingBrackets = b == ']' ? closingBrackets + 1 : 0;
        }
        check();
        return end;
    }

    private void check() {
        if (sinceMarkup > LONGEST) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The workbook's part '%s' holds a piece of text longer than any cell may be.".formatted(part));
        }
    }
}
