package ledger287.reporting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import ledger287.local.LocalKafka;
import ledger287.local.LocalPostgres;
import ledger287.local.Trees;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL and a Kafka of the test's own, which it may kill. */
public final class KillableServers implements QuarkusTestResourceLifecycleManager {
    private static @Nullable LocalPostgres postgres;
    private static @Nullable LocalKafka kafka;

    private @Nullable Path directory;

    static LocalPostgres postgres() {
        return started(postgres);
    }

    static LocalKafka kafka() {
        return started(kafka);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("ledger287-killable-");
            directory = home;
            postgres = LocalPostgres.start(home.resolve("postgres"), 0);
            kafka = LocalKafka.start(home.resolve("kafka"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings =
                new HashMap<>(Servers.settings("killable", postgres(), kafka().bootstrapServers()));
        // Everything that waits waits shorter, so that the test does.
        settings.put("ledger287.reporting.degraded-lag", "2");
        settings.put("quarkus.datasource.jdbc.acquisition-timeout", "2S");
        settings.put("ledger287.reporting.stream.lifetime", "4S");
        settings.put("ledger287.reporting.stream.heartbeat", "0.5S");
        return settings;
    }

    @Override
    public void stop() {
        kafka().close();
        postgres().close();
        if (directory != null) {
            Trees.delete(directory);
        }
    }

    private static <T> T started(@Nullable T server) {
        if (server == null) {
            throw new IllegalStateException("The servers are not up");
        }
        return server;
    }
}
