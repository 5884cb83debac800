package ledger287.reporting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A service whose streams wait for nothing long, so that their tests do not. Beside {@link Servers}. */
public final class QuickStreams implements QuarkusTestResourceLifecycleManager {
    /** Streams that one address may have. */
    static final int MOST = 60;

    /** Changes held in memory: few, so that readers come from the database too. */
    static final int TAIL = 300;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "ledger287.reporting.stream.heartbeat", "0.4S",
                "ledger287.reporting.stream.blocked", "5S",
                "ledger287.reporting.stream.lifetime", "60S",
                "ledger287.reporting.stream.most-per-address", Integer.toString(MOST),
                "ledger287.reporting.stream.tail-changes", Integer.toString(TAIL));
    }

    @Override
    public void stop() {}
}
