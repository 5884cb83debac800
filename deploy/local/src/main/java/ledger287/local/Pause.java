package ledger287.local;

import java.time.Duration;

/** Waiting between two looks at something that cannot tell us when it is ready. */
public final class Pause {

    private Pause() {}

    /** Waits; an interruption ends the work that is waiting, and stays set. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while waiting", e);
        }
    }
}
