package ledger287.reporting;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ledger287.local.LocalPostgres;
import ledger287.local.SharedServers;
import ledger287.local.Trees;
import org.jspecify.annotations.Nullable;

/**
 * A database server of its own that tells the plan of every statement in its log, as {@code auto_explain} does, and a
 * service that keeps no answers, so that each question is answered by statements. Nothing else about the planner is set.
 */
public final class ExplainingServers implements QuarkusTestResourceLifecycleManager {
    /** The setting that says where the server's log is. */
    static final String LOG = "test.postgres-log";

    private @Nullable Path directory;
    private @Nullable LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("ledger287-explain-");
            directory = home;
            LocalPostgres server = LocalPostgres.start(home.resolve("postgres"), 0);
            postgres = server;
            Map<String, String> settings = new HashMap<>(
                    Servers.settings("explained", server, SharedServers.kafka().bootstrapServers()));
            settings.put(LOG, home.resolve("postgres").resolve("postgres.log").toString());
            for (String connections : List.of("quarkus.datasource", "quarkus.datasource.reading")) {
                settings.put(
                        connections + ".jdbc.additional-jdbc-properties.options",
                        "-c jit=off -c work_mem=16MB -c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0"
                                + " -c auto_explain.log_format=json");
            }
            settings.put("ledger287.reporting.answer-cache-bytes", "0");
            settings.put("ledger287.reporting.recent-answer-bytes", "0");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
        if (directory != null) {
            Trees.delete(directory);
        }
    }
}
