package ledger287.reporting.webhooks;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code ledger287.reporting.webhooks.*} */
@ConfigMapping(prefix = "ledger287.reporting.webhooks")
interface WebhookSettings {
    /** How often is looked for what is due, or was left by an instance that is no more. */
    Duration poll();

    /** How long an instance that does not say so is taken to be alive. */
    Duration alive();

    /** To how many endpoints is delivered at once. */
    int mostAtOnce();

    /** How many webhooks one owner may have. */
    int mostPerOwner();
}
