package ledger287.reporting.webhooks.endpoint;

import jakarta.inject.Singleton;
import java.time.Duration;

/** Somebody whose names hang, and who has so many that no other name can be looked up. */
@Singleton
public final class TakenLookups {
    private final Lookups lookups;

    TakenLookups(Lookups lookups) {
        this.lookups = lookups;
    }

    /** @param host whose look-ups hang */
    public void takeAll(String host) throws InterruptedException {
        boolean free = true;
        while (free) {
            try {
                lookups.of(host, Duration.ofMillis(1));
            } catch (Lookups.Failed hangsFromNowOn) {
                free = true;
            } catch (Overloaded allAreTaken) {
                free = false;
            }
        }
    }
}
