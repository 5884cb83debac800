package ledger287.reporting.webhooks;

import java.time.Instant;
import java.util.UUID;
import ledger287.reporting.webhooks.secret.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's endpoint and what it is told.
 *
 * @param owner the name of the API key that made it
 */
record Webhook(UUID id, String owner, Instant createdAt, Target target, Secrets secrets, Progress progress) {

    /**
     * Where to, and what.
     *
     * @param filter canonical
     */
    record Target(String url, @Nullable String description, String filter) {}

    /**
     * What signs.
     *
     * @param old signs, too, until its time is over
     */
    record Secrets(
            Sealed current, @Nullable Sealed old, @Nullable Instant oldUntil) {
        Secrets rotated(Sealed fresh, Instant until) {
            return new Secrets(fresh, current, until);
        }
    }

    Webhook with(Target other) {
        return new Webhook(id, owner, createdAt, other, secrets, progress);
    }

    Webhook with(Secrets other) {
        return new Webhook(id, owner, createdAt, target, other, progress);
    }

    Webhook with(Progress other) {
        return new Webhook(id, owner, createdAt, target, secrets, other);
    }
}
