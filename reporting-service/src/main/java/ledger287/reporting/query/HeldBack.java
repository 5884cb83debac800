package ledger287.reporting.query;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Holds the beginning of an answer back, so that what fails at its beginning can still be told in words: nothing has been
 * sent. It does not pass on what writers flush row by row, either.
 */
final class HeldBack extends OutputStream {
    private static final int SIZE = 64 * 1024;

    private final OutputStream out;
    private final byte[] held = new byte[SIZE];
    private int length;
    private boolean begun;

    HeldBack(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        if (length == SIZE) {
            pass();
        }
        held[length++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (length == SIZE) {
                pass();
            }
            int part = Math.min(count - done, SIZE - length);
            System.arraycopy(bytes, offset + done, held, length, part);
            length += part;
            done += part;
        }
    }

    /** The answer is complete. */
    void end() throws IOException {
        pass();
    }

    /** Whether something has been sent, so that a failure can no longer be told in words. */
    boolean begun() {
        return begun;
    }

    private void pass() throws IOException {
        begun = true;
        out.write(held, 0, length);
        length = 0;
    }
}
