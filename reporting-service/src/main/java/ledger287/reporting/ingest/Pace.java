package ledger287.reporting.ingest;

import java.time.Duration;
import java.util.Arrays;

/**
 * Puts together what comes fast: most of what a single event costs is not the event but the transaction, the wake-ups and
 * the writes it causes (ADR 75). What comes after a pause goes on at once; so does much at once, which is a whole
 * workbook, or a log being caught up with.
 *
 * <p>Times are those of the monotonic clock, in nanoseconds.
 */
final class Pace {
    /** So many records within {@link #WINDOW} are fast. */
    static final int FAST = 15;

    static final Duration WINDOW = Duration.ofSeconds(1);

    /** How far apart batches of what comes fast begin: four a second, as often as a headline is told (api.md §3). */
    static final Duration APART = Duration.ofMillis(250);

    /** After so many records at once there are probably more, and they are worth a transaction of their own. */
    static final int ENOUGH = 100;

    private final long[] came = new long[FAST];
    private int oldest;
    private long lastBatch;
    private boolean enough;

    /** @param now the time; nothing has come yet */
    Pace(long now) {
        lastBatch = now - APART.toNanos();
        Arrays.fill(came, now - WINDOW.toNanos());
    }

    /** Whether records come fast, and not so many at once that they need not be put together. */
    boolean isFast(long now) {
        return now - came[oldest] < WINDOW.toNanos() && !enough;
    }

    /** How long to let records gather before the next batch is read. */
    Duration pause(long now) {
        long left = APART.toNanos() - (now - lastBatch);
        return isFast(now) && left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** A batch of so many records goes on. */
    void goesOn(int records, long now) {
        lastBatch = now;
        enough = records >= ENOUGH;
        for (int i = 0; i < Math.min(records, FAST); i++) {
            came[oldest] = now;
            oldest = (oldest + 1) % FAST;
        }
    }
}
