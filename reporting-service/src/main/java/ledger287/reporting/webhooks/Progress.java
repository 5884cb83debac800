package ledger287.reporting.webhooks;

import java.time.Duration;
import java.time.Instant;
import ledger287.reporting.changelog.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * How far a webhook has come. Everything that can happen to it is here, without a clock and without a database.
 *
 * @param reason why it is not active, or what failed last; null when all is well
 * @param held only an administrator may resume it
 * @param verified the endpoint has echoed a challenge
 * @param cursor everything up to here that the filter takes has been delivered
 * @param failures in a row
 * @param failingSince when the first of them was
 * @param dueAt nothing is sent before
 */
record Progress(
        Status status,
        @Nullable String reason,
        boolean held,
        boolean verified,
        Cursor cursor,
        int failures,
        @Nullable Instant failingSince,
        Instant dueAt) {

    static Progress beginning(Cursor cursor, Instant now) {
        return new Progress(Status.ACTIVE, null, false, false, cursor, 0, null, now);
    }

    /** The endpoint has echoed what it was sent. */
    Progress challenged(Instant now) {
        return new Progress(status, reasonNot(), held, true, cursor, 0, null, now);
    }

    /**
     * The endpoint took what comes after one cursor, and so stands at another. When it was set elsewhere meanwhile, it
     * stays there.
     */
    Progress delivered(Cursor from, Cursor to, Instant now) {
        return new Progress(status, reasonNot(), held, verified, cursor.equals(from) ? to : cursor, 0, null, now);
    }

    /** Up to there nothing is for this endpoint. */
    Progress passed(Cursor from, Cursor to) {
        return cursor.equals(from) ? at(to) : this;
    }

    /** The endpoint did not take it. */
    Progress failed(String why, Instant now, @Nullable Duration askedFor, double chance) {
        Instant since = failingSince == null ? now : failingSince;
        if (status != Status.ACTIVE) {
            return this;
        }
        if (!now.isBefore(since.plus(Backoff.PATIENCE))) {
            return new Progress(
                    Status.PAUSED,
                    "Nothing was taken for %d hours. Last: %s".formatted(Backoff.PATIENCE.toHours(), why),
                    false,
                    verified,
                    cursor,
                    failures + 1,
                    since,
                    now);
        }
        Instant next = now.plus(Backoff.after(failures + 1, askedFor, chance));
        return new Progress(status, why, held, verified, cursor, failures + 1, since, next);
    }

    /** It could not be tried, for a reason of our own, which is none of the endpoint's failures. */
    Progress deferred(String why, Instant until) {
        return status == Status.ACTIVE
                ? new Progress(status, why, held, verified, cursor, failures, failingSince, until)
                : this;
    }

    /** The endpoint answered that it is gone: it will have to be challenged before it is told anything again. */
    Progress gone(Instant now) {
        return status == Status.ACTIVE
                ? new Progress(Status.DISABLED, "The endpoint answered 410 Gone.", held, false, cursor, 0, null, now)
                : this;
    }

    /** Its owner, or an administrator, wished so. */
    Progress paused(String why) {
        return status == Status.DISABLED
                ? this
                : new Progress(Status.PAUSED, why, held, verified, cursor, failures, failingSince, dueAt);
    }

    /** An administrator wished so. */
    Progress disabled(String why) {
        return new Progress(Status.DISABLED, why, true, verified, cursor, failures, failingSince, dueAt);
    }

    /** From where it stands, at once. */
    Progress resumed(Instant now) {
        return new Progress(Status.ACTIVE, null, false, verified, cursor, 0, null, now);
    }

    /** The endpoint is another: it has to be challenged, and the other one's failures are not its own. */
    Progress moved(Instant now) {
        return new Progress(status, reasonNot(), held, false, cursor, 0, null, now);
    }

    /** Everything after this cursor again, or not at all; at once. */
    Progress replayed(Cursor from, Instant now) {
        return new Progress(status, reason, held, verified, from, failures, failingSince, now);
    }

    /** Why it is not active; null when it is, whatever failed before. */
    private @Nullable String reasonNot() {
        return status == Status.ACTIVE ? null : reason;
    }

    private Progress at(Cursor to) {
        return new Progress(status, reason, held, verified, to, failures, failingSince, dueAt);
    }
}
