package ledger287.agreements.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * Stands between a part and its XML parser. The parser holds one piece of markup or of text whole, however long; so no
 * single step of it may read more than a cell can need. Looks at no byte, and costs nothing.
 */
final class BoundedSteps extends FilterInputStream {
    /** A cell's 32,767 characters, written as numeric references, fit with room to spare. */
    private static final int MOST = 1 << 19;

    private final String part;
    private int readInStep;

    BoundedSteps(InputStream in, String part) {
        super(in);
        this.part = part;
    }

    /** To be called before each step of the parser. */
    void nextStep() {
        readInStep = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        readInStep += Math.max(0, count);
        if (readInStep > MOST) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The workbook's part '%s' holds a piece of text longer than any cell may be.".formatted(part));
        }
        return count;
    }
}
