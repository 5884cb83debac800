package ledger287.eventstore;

import java.time.Instant;

/**
 * How the publisher is doing.
 *
 * @param message for an operator: what is the matter and what to do
 * @param publishedPosition the last position known to be on the topic
 * @param headPosition the newest position of the log, as last seen: at most a few seconds ago while the database answers
 * @param since when this state began
 */
public record PublisherStatus(State state, String message, long publishedPosition, long headPosition, Instant since) {

    /** What the publisher can be. */
    public enum State {
        /** Not started, or closed. */
        STOPPED,
        /** On the way to publishing: nothing has failed yet, but the database or the broker has not answered either. */
        CONNECTING,
        /** Another instance publishes; this one takes over when that ends. */
        STANDBY,
        /** This instance publishes. */
        PUBLISHING,
        /** The broker or the database does not answer; retried until it does. Appends go on. */
        DEGRADED,
        /** Cannot go on without an operator, and says why; looks again every few seconds. Appends go on. */
        HALTED
    }

    /** How many events of the log are not known to be on the topic. */
    public long lagEvents() {
        return Math.max(0, headPosition - publishedPosition);
    }
}
