package ledger287.reporting.webhooks.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of bringing a message to an endpoint. */
public sealed interface Outcome {
    /** From the look-up of the address to the end. */
    Duration took();

    /**
     * The endpoint answered.
     *
     * @param retryAfter when it wants to be asked again; null when it does not say
     * @param body its beginning
     */
    record Answered(int status, @Nullable Duration retryAfter, String body, Duration took) implements Outcome {
        /** Whether it has taken the message. A redirection is not followed, so it is none. */
        public boolean taken() {
            return status >= 200 && status < 300;
        }
    }

    /** There was no answer. */
    record Unanswered(String why, Duration took) implements Outcome {}

    /** Nothing was sent, for the address is none that we connect to. */
    record Refused(String why, Duration took) implements Outcome {}
}
