package ledger287.reporting.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A service whose streams tell soon that they live, so that a page soon knows when they do not. */
public final class QuickHeartbeat implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("ledger287.reporting.stream.heartbeat", "2S");
    }

    @Override
    public void stop() {}
}
