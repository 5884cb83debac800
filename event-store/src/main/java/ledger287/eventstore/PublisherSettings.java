package ledger287.eventstore;

import java.time.Duration;
import java.util.Map;

/**
 * What a publisher publishes, and where to.
 *
 * @param log name of the log, for example {@code agreements}; part of the transactional id and of the group that holds
 *     the published position, so that it must be unique on a Kafka cluster, and may never change
 * @param topic created, when it never existed, with one partition and kept for ever
 * @param kafka properties of the Kafka clients: {@code bootstrap.servers}, and security where there is any
 * @param replicationFactor of a topic that is created
 * @param minInsyncReplicas of a topic that is created
 * @param maxRecordBytes the largest record that is sent; a larger one halts the publisher
 * @param maxBatchEvents events to a Kafka transaction, at most
 * @param maxBatchBytes bytes to a Kafka transaction, at most, unless a single record is larger
 * @param poll how often to look for events and for the leader's place when nobody wakes the publisher
 * @param retryFrom the first wait after a failure; doubled each time
 * @param retryUpTo the longest wait between attempts, and the wait of a halted publisher
 */
public record PublisherSettings(
        String log,
        String topic,
        Map<String, String> kafka,
        short replicationFactor,
        short minInsyncReplicas,
        int maxRecordBytes,
        int maxBatchEvents,
        int maxBatchBytes,
        Duration poll,
        Duration retryFrom,
        Duration retryUpTo) {

    public PublisherSettings {
        kafka = Map.copyOf(kafka);
    }

    /** For one broker, as on the local stack. */
    public static PublisherSettings of(String log, String topic, Map<String, String> kafka) {
        return new PublisherSettings(
                log,
                topic,
                kafka,
                (short) 1,
                (short) 1,
                8 << 20,
                1_000,
                4 << 20,
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(2));
    }

    public PublisherSettings withReplication(int replicationFactor, int minInsyncReplicas) {
        return new PublisherSettings(
                log,
                topic,
                kafka,
                (short) replicationFactor,
                (short) minInsyncReplicas,
                maxRecordBytes,
                maxBatchEvents,
                maxBatchBytes,
                poll,
                retryFrom,
                retryUpTo);
    }

    public PublisherSettings withMaxRecordBytes(int maxRecordBytes) {
        return new PublisherSettings(
                log,
                topic,
                kafka,
                replicationFactor,
                minInsyncReplicas,
                maxRecordBytes,
                maxBatchEvents,
                maxBatchBytes,
                poll,
                retryFrom,
                retryUpTo);
    }

    public PublisherSettings withBatches(int maxBatchEvents, int maxBatchBytes) {
        return new PublisherSettings(
                log,
                topic,
                kafka,
                replicationFactor,
                minInsyncReplicas,
                maxRecordBytes,
                maxBatchEvents,
                maxBatchBytes,
                poll,
                retryFrom,
                retryUpTo);
    }
}
