package ledger287.eventstore;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far a topic has been published, told by the last of its committed records, which are marked. So the position is
 * committed with the records and by nothing else.
 *
 * @param mark of the last record that committed readers see; empty when it has none, or there is no record
 * @param offset the offset after all that committed readers see
 */
record TopicEnd(Optional<PublicationMark> mark, long offset) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Offsets looked at first, from the end; a transaction's marker takes one, and what was rolled back as many as it had. */
    private static final long FIRST_LOOK = 16;

    /**
     * Looks. Right for whoever has fenced all earlier leaders: their transactions have ended, one way or the other. A
     * stranger's open transaction hides what comes after it.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer one of several questions within five seconds
     */
    static TopicEnd find(PublisherSettings settings, TopicPartition partition) {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "publisher-" + settings.log() + "-end");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            return new TopicEnd(last(consumer, partition, end).flatMap(PublicationMark::of), end);
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> last(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long endOffset) {
        long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = endOffset;
        for (long length = FIRST_LOOK; end > beginning; length *= 4) {
            long from = Math.max(beginning, end - length);
            Optional<ConsumerRecord<byte[], byte[]>> found = last(consumer, partition, from, end);
            if (found.isPresent()) {
                return found;
            }
            end = from;
        }
        return Optional.empty();
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> last(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        Optional<ConsumerRecord<byte[], byte[]>> last = Optional.empty();
        long seen = from;
        long progress = System.nanoTime();
        while (seen < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    last = Optional.of(record);
                }
            }
            long position = consumer.position(partition);
            if (position > seen) {
                seen = position;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new TimeoutException("The end of topic " + partition.topic() + " cannot be read.");
            }
        }
        return last;
    }
}
