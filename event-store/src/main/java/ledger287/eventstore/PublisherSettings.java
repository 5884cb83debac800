package ledger287.eventstore;

import java.time.Duration;
import java.util.Map;

/**
 * What a publisher publishes, and where to.
 *
 * @param log name of the log, for example {@code agreements}; part of the transactional id, so that it must be unique on
 *     a Kafka cluster, and may never change
 * @param topic created, when it never existed, with one partition and kept for ever
 * @param kafka properties of the Kafka clients: {@code bootstrap.servers}, and security where there is any
 * @param replication of a topic that is created
 */
public record PublisherSettings(
        String log, String topic, Map<String, String> kafka, Replication replication, Limits limits, Pace pace) {

    public PublisherSettings {
        kafka = Map.copyOf(kafka);
    }

    /** For one broker, as on the local stack. */
    public static PublisherSettings of(String log, String topic, Map<String, String> kafka) {
        return new PublisherSettings(log, topic, kafka, Replication.ONE_BROKER, Limits.USUAL, Pace.USUAL);
    }

    public PublisherSettings with(Replication replication) {
        return new PublisherSettings(log, topic, kafka, replication, limits, pace);
    }

    public PublisherSettings with(Limits limits) {
        return new PublisherSettings(log, topic, kafka, replication, limits, pace);
    }

    String brokers() {
        return kafka.getOrDefault("bootstrap.servers", "an address that is not configured");
    }

    /**
     * How many brokers keep a topic.
     *
     * @param factor how many have a copy
     * @param minInsync how many must have a record before it counts as written
     */
    public record Replication(int factor, int minInsync) {
        /** One broker, one copy. */
        public static final Replication ONE_BROKER = new Replication(1, 1);
    }

    /**
     * How much is sent at once.
     *
     * @param recordBytes the largest record that is sent; a larger one halts the publisher
     * @param batchEvents events to a Kafka transaction, at most
     * @param batchBytes bytes to a Kafka transaction, at most, unless a single record is larger
     */
    public record Limits(int recordBytes, int batchEvents, int batchBytes) {
        /** Records of 8 MiB; transactions of 1,000 events and 4 MiB. */
        public static final Limits USUAL = new Limits(8 << 20, 1_000, 4 << 20);
    }

    /**
     * How long the publisher waits.
     *
     * @param poll how often to look for events and for the leader's place when nobody wakes the publisher
     * @param retryFrom the first wait after a failure; doubled each time
     * @param retryUpTo the longest wait between attempts, and the wait of a halted publisher
     */
    public record Pace(Duration poll, Duration retryFrom, Duration retryUpTo) {
        /** Looks every second; tries again after 200 ms to 2 s. */
        public static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(2));
    }
}
