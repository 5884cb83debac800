package ledger287.reporting.limits;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Knows for how long a write has waited for the reader to read. */
final class WatchedOutput extends FilterOutputStream {
    /** Whoever takes so many bytes in the time allowed is slow and not stalled. */
    private static final int SLICE = 8 * 1024;

    private volatile long writingSince;
    private volatile boolean writing;

    WatchedOutput(OutputStream out) {
        super(out);
    }

    boolean stalledFor(Duration time) {
        return writing && System.nanoTime() - writingSince >= time.toNanos();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int done = 0; done < count; done += SLICE) {
            writingSince = System.nanoTime();
            writing = true;
            try {
                out.write(bytes, offset + done, Math.min(SLICE, count - done));
            } finally {
                writing = false;
            }
        }
    }
}
