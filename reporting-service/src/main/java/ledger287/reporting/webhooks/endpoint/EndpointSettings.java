package ledger287.reporting.webhooks.endpoint;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** {@code ledger287.reporting.webhook-endpoint.*} */
@ConfigMapping(prefix = "ledger287.reporting.webhook-endpoint")
public interface EndpointSettings {
    /** How long connecting may take. */
    Duration connect();

    /** How long the answer may take, once connected. */
    Duration response();

    /** Whether messages may go to this machine itself, by http too: for trials and tests. */
    boolean allowLoopback();

    /** A file of certificates (PEM) that are trusted beside those that Java trusts. */
    Optional<String> trust();
}
