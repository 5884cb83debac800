package ledger287.service.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * The keys that every command service has; all begin with {@code ledger287.}. As environment variables: upper case, and
 * an underscore for every other character. A service adds its own by a mapping of its own with the same prefix.
 */
@ConfigMapping(prefix = "ledger287")
public interface ServiceSettings {

    Kafka kafka();

    Command command();

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
