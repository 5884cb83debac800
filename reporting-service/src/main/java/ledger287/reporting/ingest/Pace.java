package ledger287.reporting.ingest;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * When what came in is applied (ADR 75): at once while batches come now and then; together, five times a second, while they
 * come fast, since most of what a batch of few events costs is its turn through the database and to the subscribers. Pure:
 * it is told the time, in nanoseconds of the monotonic clock.
 */
final class Pace {
    /** Batches a second up to which each has a turn of its own. */
    static final int UNHURRIED = 12;

    /** How far turns begin from each other when more come. As far as rounds of many subscribers are kept apart. */
    static final Duration APART = Duration.ofMillis(200);

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

    /** A batch has come in. */
    void arrived(long now) {
        arrivals.addLast(now);
        if (arrivals.size() > unhurried + 1) {
            arrivals.removeFirst();
        }
    }

    /** A turn begins. */
    void begun(long now) {
        lastTurn = now;
    }

    /** How long the next turn has to wait yet, in nanoseconds; zero or less when it is due. */
    long untilDue(long now) {
        boolean fast = arrivals.size() > unhurried && now - arrivals.getFirst() < SECOND;
        return fast ? lastTurn + apart - now : 0;
    }
}
