package ledger287.service.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;

/**
 * The keys that every command service has; all begin with {@code ledger287.}. As environment variables: upper case, and
 * an underscore for every other character. A service adds its own by a mapping of its own with the same prefix.
 */
@ConfigMapping(prefix = "ledger287")
public interface ServiceSettings {

    /** API keys by name. The name is what the ledger records as the editor, so it should be a person's or a job's. */
    Map<String, Key> keys();

    Kafka kafka();

    Command command();

    /** One API key. */
    interface Key {
        /** SHA-256 of the whole key, hexadecimal. A key has 256 random bits, so that a plain hash keeps it. */
        String sha256();

        /** Any of {@code importer}, {@code editor}, {@code admin}; none implies another. */
        List<String> roles();
    }

    /** Where events are published. The brokers are in {@code kafka.bootstrap.servers}. */
    interface Kafka {
        /** Every service names its own in its {@code application.properties}. */
        String topic();

        /** Of a topic that the service has to create. */
        @WithDefault("1")
        int replicationFactor();

        /** Of a topic that the service has to create. */
        @WithDefault("1")
        int minInsyncReplicas();
    }

    /** How commands wait for each other. */
    interface Command {
        /** Seconds that a command waits for its turn before it is answered 503. */
        @WithDefault("30")
        int waitSeconds();
    }
}
