package ledger287.reporting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Limits that a test can reach; clients are told apart by what a proxy says. */
public final class NarrowLimits implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("ledger287.reporting.limits.loopback", "true"),
                Map.entry("ledger287.reporting.limits.requests", Integer.toString(LimitsTest.REQUESTS)),
                Map.entry("ledger287.reporting.limits.window", "1H"),
                Map.entry("ledger287.reporting.limits.downloads", "2"),
                Map.entry("ledger287.reporting.limits.downloads-per-client", "1"),
                Map.entry("ledger287.reporting.limits.stalled", "1S"),
                Map.entry("ledger287.reporting.stream.most-per-address", "1"),
                Map.entry("ledger287.reporting.reading.statement-milliseconds", "700"),
                Map.entry("quarkus.datasource.reading.jdbc.max-size", Integer.toString(LimitsTest.READING_CONNECTIONS)),
                Map.entry("quarkus.datasource.reading.jdbc.acquisition-timeout", "1S"),
                Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
                Map.entry("quarkus.http.proxy.allow-x-forwarded", "true"),
                Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"));
    }

    @Override
    public void stop() {}
}
