package ledger287.eventstore;

import java.time.Duration;

/** Waits that double from one bound to the other. */
final class Backoff {

    private final Duration from;
    private final Duration upTo;
    private Duration next;

    Backoff(Duration from, Duration upTo) {
        this.from = from;
        this.upTo = upTo;
        this.next = from;
    }

    Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(upTo) > 0 ? upTo : doubled;
        return wait;
    }

    void reset() {
        next = from;
    }
}
