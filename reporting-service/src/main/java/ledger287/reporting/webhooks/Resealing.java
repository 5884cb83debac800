package ledger287.reporting.webhooks;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import ledger287.reporting.webhooks.secret.Sealed;
import ledger287.reporting.webhooks.secret.SecretKeys;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** After the key was changed: encrypts secrets anew, so that the key before can be forgotten. */
@Singleton
final class Resealing {
    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final int PAGE = 500;

    private final WebhookStore store;
    private final SecretKeys keys;

    Resealing(WebhookStore store, SecretKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** What cannot be opened stays as it is: its owner has to rotate, or the key has to come back. */
    void run() throws SQLException {
        if (!keys.present()) {
            return;
        }
        int done = 0;
        int left = 0;
        @Nullable UUID after = null;
        while (true) {
            List<Webhook> page = store.list(null, after, PAGE);
            for (Webhook webhook : page) {
                after = webhook.id();
                if (isOld(webhook.secrets().current())
                        || isOld(webhook.secrets().old())) {
                    try {
                        var unused = store.change(webhook.id(), this::resealed);
                        done++;
                    } catch (SecretKeys.Unopenable e) {
                        left++;
                        LOG.debugf(e, "Webhook %s", webhook.id());
                    }
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        if (done > 0) {
            LOG.infof("The secrets of %d webhooks were encrypted with the new key", done);
        }
        if (left > 0) {
            LOG.warnf(
                    "The secrets of %d webhooks cannot be opened: nothing is sent to them until the key that they were"
                            + " encrypted with is configured again, or their owners rotate",
                    left);
        }
    }

    private boolean isOld(@Nullable Sealed sealed) {
        return sealed != null && !keys.isCurrent(sealed);
    }

    private Webhook resealed(Webhook webhook) {
        Webhook.Secrets secrets = webhook.secrets();
        Sealed old = secrets.old();
        return webhook.with(new Webhook.Secrets(
                anew(secrets.current(), webhook.id()),
                old == null ? null : anew(old, webhook.id()),
                secrets.oldUntil()));
    }

    private Sealed anew(Sealed sealed, UUID webhook) {
        return keys.isCurrent(sealed) ? sealed : keys.seal(keys.open(sealed, webhook), webhook);
    }
}
