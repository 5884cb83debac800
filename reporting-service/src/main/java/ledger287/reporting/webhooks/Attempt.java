package ledger287.reporting.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import ledger287.reporting.webhooks.endpoint.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What was tried, and what came of it.
 *
 * @param cursor of the change; null of other messages
 * @param number 1 for the first time that this message was tried
 * @param httpStatus null when there was no answer
 * @param response the beginning of the answer's body; null when there was none
 */
record Attempt(
        String messageId,
        Message.Kind kind,
        @Nullable String cursor,
        int number,
        Result result,
        @Nullable Integer httpStatus,
        String detail,
        @Nullable String response,
        Duration took,
        Instant at) {
    private static final int MOST_RESPONSE = 1_000;

    /** How it ended. */
    enum Result {
        /** The endpoint has taken it. */
        DELIVERED,
        /** It has not. */
        FAILED,
        /** It was not asked. */
        REFUSED;

        /** As the database and the API have it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Result of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** @param echoed whether the answer says what it had to; true where nothing had to be said */
    static Attempt of(Message message, int number, Outcome outcome, boolean echoed, Instant at) {
        return switch (outcome) {
            case Outcome.Answered answer ->
                new Attempt(
                        message.id(),
                        message.kind(),
                        message.cursor(),
                        number,
                        answer.taken() && echoed ? Result.DELIVERED : Result.FAILED,
                        answer.status(),
                        words(answer, echoed),
                        shown(answer.body()),
                        answer.took(),
                        at);
            case Outcome.Unanswered unanswered ->
                new Attempt(
                        message.id(),
                        message.kind(),
                        message.cursor(),
                        number,
                        Result.FAILED,
                        null,
                        unanswered.why(),
                        null,
                        unanswered.took(),
                        at);
            case Outcome.Refused refused ->
                new Attempt(
                        message.id(),
                        message.kind(),
                        message.cursor(),
                        number,
                        Result.REFUSED,
                        null,
                        refused.why(),
                        null,
                        refused.took(),
                        at);
        };
    }

    boolean delivered() {
        return result == Result.DELIVERED;
    }

    private static String words(Outcome.Answered answer, boolean echoed) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return "Answered %d. Redirections are not followed: give the address that they lead to."
                    .formatted(answer.status());
        }
        if (answer.taken() && !echoed) {
            return "Answered %d, but not with the challenge.".formatted(answer.status());
        }
        return "Answered %d.".formatted(answer.status());
    }

    /** As much as is kept, without what a database or a terminal would stumble over. */
    private static String shown(String body) {
        String start = body.length() > MOST_RESPONSE ? body.substring(0, MOST_RESPONSE) : body;
        return start.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]|\\p{Cs}", "\uFFFD");
    }
}
