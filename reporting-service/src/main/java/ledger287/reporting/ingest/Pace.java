package ledger287.reporting.ingest;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * When what came in is applied (ADR 75): at once while events come now and then; together, five times a second, while they
 * come fast, since most of what few events cost is their turn through the database and to the subscribers. Pure: it is told
 * the time, in nanoseconds of the monotonic clock.
 */
final class Pace {
    /** Events a second up to which each has a turn of its own. */
    static final int UNHURRIED = 12;

    /** How far turns begin from each other when more come. As far as rounds of many subscribers are kept apart. */
    static final Duration APART = Duration.ofMillis(200);

    /** What arrives within this time of each other belongs in the same turn: the consumer often brings it in two batches. */
    private static final long TOGETHER = Duration.ofMillis(10).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int unhurried;
    private final long apart;
    private final ArrayDeque<Long> arrivals = new ArrayDeque<>();
    private long lastTurn;

    /** @param now the time; there was no turn for a long while */
    Pace(int unhurried, Duration apart, long now) {
        this.unhurried = unhurried;
        this.apart = apart.toNanos();
        this.lastTurn = now - this.apart;
    }

    /** So many events have come in. */
    void arrived(int events, long now) {
        for (int i = 0; i < Math.min(events, unhurried + 1); i++) {
            arrivals.addLast(now);
        }
        while (arrivals.size() > unhurried + 1) {
            arrivals.removeFirst();
        }
    }

    /** A turn begins. */
    void begun(long now) {
        lastTurn = now;
    }

    /** How long the next turn has to wait yet, in nanoseconds; zero or less when it is due. */
    long untilDue(long now) {
        if (!fast(now)) {
            return 0;
        }
        long untilApart = lastTurn + apart - now;
        long untilTogether = arrivals.getLast() + TOGETHER - now;
        return Math.max(untilApart, Math.min(untilTogether, untilApart + apart));
    }

    /** Whether more have come within the last second than have turns of their own. */
    boolean fast(long now) {
        return arrivals.size() > unhurried && now - arrivals.getFirst() < SECOND;
    }
}
