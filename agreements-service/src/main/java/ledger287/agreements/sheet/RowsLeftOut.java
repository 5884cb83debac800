package ledger287.agreements.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * A worksheet without its rows. What stands between {@code <sheetData>} and its end is dropped as bytes: to look at
 * what comes behind it, hyperlinks above all, costs a fraction of parsing a million rows to get there. Whoever hides
 * one of those tags in a comment gets a part that is no XML, which is refused.
 */
final class RowsLeftOut extends InputStream {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_HEAD = 1 << 22;
    private static final String ROWS = "sheetData";

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int filled;

    /** What is served before the rest of the part: the head at first, then the end tag of the rows. */
    private byte[] next = new byte[0];

    private int nextAt;
    private byte[] endTag = new byte[0];
    private Phase phase = Phase.HEAD;

    private enum Phase {
        HEAD,
        ROWS,
        TAIL
    }

    RowsLeftOut(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (nextAt == next.length && phase != Phase.TAIL) {
            nextAt = 0;
            next = switch (phase) {
                case HEAD -> head();
                case ROWS -> dropRows();
                case TAIL -> next;
            };
        }
        if (nextAt < next.length) {
            int count = Math.min(length, next.length - nextAt);
            System.arraycopy(next, nextAt, buffer, offset, count);
            nextAt += count;
            return count;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(chunk, at, buffer, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Everything up to and including the start tag of the rows; the whole part when it has none. */
    private byte[] head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        StringBuilder name = new StringBuilder();
        boolean inName = false;
        boolean found = false;
        byte previous = 0;
        phase = Phase.TAIL;
        while (at < filled || fill()) {
            byte b = chunk[at++];
            head.write(b);
            if (b == '<') {
                name.setLength(0);
                inName = true;
            } else if (inName && (b == '>' || b == '/' || (b >= 0 && b <= ' '))) {
                inName = false;
                found = name.toString().equals(ROWS) || name.toString().endsWith(":" + ROWS);
            } else if (inName) {
                name.append((char) b);
            }
            if (found && b == '>') {
                if (previous != '/') {
                    endTag = ("</" + name).getBytes(StandardCharsets.ISO_8859_1);
                    phase = Phase.ROWS;
                }
                return head.toByteArray();
            }
            if (head.size() > LONGEST_HEAD) {
                throw new SheetRejected(Reason.TOO_LARGE, "What stands above the rows is more than any table needs.");
            }
            previous = b;
        }
        return head.toByteArray();
    }

    /** Drops up to the end tag, and returns the tag; Horspool's search, which looks at one byte in ten. */
    private byte[] dropRows() throws IOException {
        phase = Phase.TAIL;
        int last = endTag.length - 1;
        int[] shifts = new int[256];
        Arrays.fill(shifts, endTag.length);
        for (int i = 0; i < last; i++) {
            shifts[endTag[i] & 0xFF] = last - i;
        }
        do {
            // One byte more than the tag, to see that its name ends there.
            while (at + endTag.length < filled) {
                byte b = chunk[at + last];
                if (b == endTag[last] && endTagIsHere()) {
                    at += endTag.length;
                    return endTag;
                }
                at += shifts[b & 0xFF];
            }
        } while (fillBehindWhatIsLeft());
        at = filled;
        return new byte[0];
    }

    private boolean endTagIsHere() {
        byte after = chunk[at + endTag.length];
        return (after == '>' || (after >= 0 && after <= ' '))
                && Arrays.equals(chunk, at, at + endTag.length, endTag, 0, endTag.length);
    }

    private boolean fillBehindWhatIsLeft() throws IOException {
        System.arraycopy(chunk, at, chunk, 0, filled - at);
        filled -= at;
        at = 0;
        int count = in.read(chunk, filled, chunk.length - filled);
        filled += Math.max(0, count);
        return count > 0;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(chunk, 0, chunk.length));
        return filled > 0;
    }
}
