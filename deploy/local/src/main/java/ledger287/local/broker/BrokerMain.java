package ledger287.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * Kafka's own server in this JVM: formats its storage on first use, serves, and writes a file when clients may come.
 *
 * <p>Arguments: the settings file, the file to write when ready.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        Path settings = Path.of(arguments[0]);
        Path ready = Path.of(arguments[1]);
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(settings)) {
            properties.load(in);
        }
        if (!isFormatted(Path.of(properties.getProperty("log.dirs")))) {
            format(settings);
        }
        var server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        Files.createFile(ready);
        server.awaitShutdown();
    }

    /** Whether formatting came to its end, whose last act is the checkpoint. */
    private static boolean isFormatted(Path storage) throws IOException {
        boolean formatted = Files.exists(storage.resolve("bootstrap.checkpoint"));
        if (!formatted) {
            // Begun and interrupted: its cluster id would clash with that of the next attempt.
            Files.deleteIfExists(storage.resolve("meta.properties"));
        }
        return formatted;
    }

    private static void format(Path settings) {
        int exit = StorageTool.execute(
                new String[] {
                    "format",
                    "--config",
                    settings.toString(),
                    "--cluster-id",
                    Uuid.randomUuid().toString()
                },
                System.out);
        if (exit != 0) {
            throw new IllegalStateException("Formatting the storage failed with " + exit);
        }
    }
}
