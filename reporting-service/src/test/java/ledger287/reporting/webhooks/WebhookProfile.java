package ledger287.reporting.webhooks;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Set;
import ledger287.reporting.webhooks.endpoint.SetNames;

/** A service to which a test tells the time and the addresses of names. */
public final class WebhookProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(SetClock.class, SetNames.class);
    }
}
