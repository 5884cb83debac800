package ledger287.eventstore;

import java.time.Duration;

/** Waits that double from one bound to the other. */
final class Backoff {

    private final PublisherSettings.Pace pace;
    private Duration next;

    Backoff(PublisherSettings.Pace pace) {
        this.pace = pace;
        this.next = pace.retryFrom();
    }

    Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(pace.retryUpTo()) > 0 ? pace.retryUpTo() : doubled;
        return wait;
    }

    void reset() {
        next = pace.retryFrom();
    }
}
