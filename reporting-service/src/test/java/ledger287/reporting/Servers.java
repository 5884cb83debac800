package ledger287.reporting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import ledger287.local.LocalPostgres;
import ledger287.local.SharedServers;

/** A database and a topic of its own for one start of the service, on the servers that all tests share. */
public final class Servers implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN_KEY = "l287_test-admin";
    public static final String EDITOR_KEY = "l287_test-editor";

    @Override
    public Map<String, String> start() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return settings(name, SharedServers.postgres(), SharedServers.kafka().bootstrapServers());
    }

    /** @param name of the database, the topic, the consumer group and the instance */
    static Map<String, String> settings(String name, LocalPostgres postgres, String bootstrapServers) {
        postgres.createDatabase(name);
        return Map.ofEntries(
                Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl(name)),
                Map.entry("quarkus.datasource.username", postgres.user()),
                Map.entry("quarkus.datasource.password", postgres.password()),
                Map.entry("kafka.bootstrap.servers", bootstrapServers),
                Map.entry("mp.messaging.incoming.agreements.topic", name + ".agreements.v1"),
                Map.entry("mp.messaging.incoming.agreements.group.id", name),
                Map.entry("mp.messaging.incoming.operations.topic", name + ".operations.v1"),
                Map.entry("mp.messaging.incoming.operations.group.id", name + "-operations"),
                Map.entry("ledger287.reporting.instance", name),
                Map.entry("ledger287.keys.boss.sha256", sha256(ADMIN_KEY)),
                Map.entry("ledger287.keys.boss.roles", "admin"),
                Map.entry("ledger287.keys.desk.sha256", sha256(EDITOR_KEY)),
                Map.entry("ledger287.keys.desk.roles", "editor"));
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
