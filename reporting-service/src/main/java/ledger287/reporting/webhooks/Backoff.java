package ledger287.reporting.webhooks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a message is tried again: after 5 seconds, then three times later each time, at most 4 hours; each a fifth more or
 * less, so that endpoints that failed together do not return together. An endpoint that takes nothing for 75 hours is
 * paused: a long weekend is survived, and what comes back in between has waited 4 hours at most.
 */
final class Backoff {
    /** After so long without a success it is given up. */
    static final Duration PATIENCE = Duration.ofHours(75);

    /** The longest that an endpoint may ask for. */
    static final Duration MOST_ASKED_FOR = Duration.ofHours(24);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofHours(4);
    private static final int FACTOR = 3;
    private static final double SPREAD = 0.2;

    private Backoff() {}

    /**
     * How long to wait.
     *
     * @param failures in a row, this one too
     * @param askedFor by the endpoint; null when it did not
     * @param chance from 0 to 1
     */
    static Duration after(int failures, @Nullable Duration askedFor, double chance) {
        Duration wait = FIRST;
        for (int i = 1; i < failures && wait.compareTo(MOST) < 0; i++) {
            wait = wait.multipliedBy(FACTOR);
        }
        wait = wait.compareTo(MOST) < 0 ? wait : MOST;
        wait = Duration.ofMillis(Math.round(wait.toMillis() * (1 - SPREAD + 2 * SPREAD * chance)));
        if (askedFor == null || askedFor.compareTo(wait) <= 0) {
            return wait;
        }
        return askedFor.compareTo(MOST_ASKED_FOR) < 0 ? askedFor : MOST_ASKED_FOR;
    }
}
