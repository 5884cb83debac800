package ledger287.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, each started when it is first asked for and stopped when the JVM
 * ends. Tests keep apart by databases, topics and groups of their own. A test that kills a server starts its own.
 */
public final class SharedServers {

    private SharedServers() {}

    public static LocalPostgres postgres() {
        return Postgres.SERVER;
    }

    public static LocalKafka kafka() {
        return Kafka.SERVER;
    }

    private static final class Postgres {
        static final LocalPostgres SERVER = startUntilExit(directory -> LocalPostgres.start(directory, 0));
    }

    private static final class Kafka {
        static final LocalKafka SERVER = startUntilExit(directory -> LocalKafka.start(directory, 0));
    }

    private static <S extends LocalServer> S startUntilExit(Function<Path, S> start) {
        try {
            Path directory = Files.createTempDirectory("ledger287-");
            S server = start.apply(directory);
            Runnable end = () -> {
                server.close();
                Trees.delete(directory);
            };
            Runtime.getRuntime().addShutdownHook(new Thread(end, "stop-server"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for a server", e);
        }
    }
}
