package ledger287.reporting.webhooks;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Webhooks that wait for nothing long, and two subscribers. Beside {@link ledger287.reporting.Servers}. */
public final class QuickWebhooks implements QuarkusTestResourceLifecycleManager {
    public static final String ANNA = "l287_test-anna";
    static final String BEN = "l287_test-ben";
    static final int MOST = 12;

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("ledger287.keys.anna.sha256", sha256(ANNA)),
                Map.entry("ledger287.keys.anna.roles", "subscriber"),
                Map.entry("ledger287.keys.ben.sha256", sha256(BEN)),
                Map.entry("ledger287.keys.ben.roles", "subscriber"),
                Map.entry(
                        "ledger287.reporting.webhook-key",
                        Base64.getEncoder()
                                .encodeToString("thirty-two bytes, known to tests".getBytes(StandardCharsets.UTF_8))),
                Map.entry("ledger287.reporting.webhooks.poll", "0.1S"),
                Map.entry("ledger287.reporting.webhooks.alive", "1.5S"),
                Map.entry("ledger287.reporting.webhooks.most-per-owner", Integer.toString(MOST)),
                Map.entry("ledger287.reporting.webhook-endpoint.connect", "1S"),
                // Long enough for others to be served meanwhile, on a busy machine too.
                Map.entry("ledger287.reporting.webhook-endpoint.response", "5S"),
                Map.entry("ledger287.reporting.webhook-endpoint.allow-loopback", "true"),
                Map.entry(
                        "ledger287.reporting.webhook-endpoint.trust",
                        TestCertificates.make().authority()));
    }

    @Override
    public void stop() {}

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
