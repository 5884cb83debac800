package ledger287.eventstore;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A leader's transactions with the broker, from the fencing of every earlier leader to the first failure: after that it is
 * closed, and the next one asks the broker anew what has been published.
 */
final class Transmission implements AutoCloseable {

    /** A refusal to send one record. */
    private record Refusal(long position, Exception reason) {}

    private final KafkaProducer<String, byte[]> producer;
    private final Topic topic;
    private final String topicId;
    private final ConsumerGroupMetadata group;

    private Transmission(
            KafkaProducer<String, byte[]> producer, Topic topic, String topicId, ConsumerGroupMetadata group) {
        this.producer = producer;
        this.topic = topic;
        this.topicId = topicId;
        this.group = group;
    }

    /**
     * Fences every earlier leader, whose open transaction the broker rolls back.
     *
     * @param generation part of the name under which the position is kept, as is the topic's id: another topic, or a
     *     publication from the start, begins at 0 whatever was committed before
     */
    static Transmission open(PublisherSettings settings, Topic topic, String topicId, int generation) {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "publisher-" + settings.log());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "ledger287-publisher-" + settings.log());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // What there is to send is there already; the default waits 5 ms for more (KIP-1030).
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(256 << 10));
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                String.valueOf(settings.limits().recordBytes()));
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                String.valueOf(2L
                        * (settings.limits().recordBytes() + settings.limits().batchBytes())));
        // A broker that is away should be seen to be away in seconds; whoever retries is the publisher.
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "8000");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "8000");
        // Readers wait for an open transaction: one whose leader died alone must not hold them for the default minute.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "20000");
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new Transmission(
                producer, topic, topicId, new ConsumerGroupMetadata(group(settings, topicId, generation)));
    }

    private static String group(PublisherSettings settings, String topicId, int generation) {
        return "ledger287-publisher-" + settings.log() + "-" + topicId + "-" + generation;
    }

    /** What the broker says has been published. Nobody else can change it after {@link #open}. */
    long publishedPosition() {
        return topic.publishedPosition(group.groupId());
    }

    /** Fails unless the broker answers and the topic is still the same. */
    void requireTopic() {
        topic.requireId(topicId, topic.describe());
    }

    /**
     * Publishes all records, or none, in one Kafka transaction that also carries the position of the last.
     *
     * @param sent is run when everything is on its way and nothing is committed
     * @throws KafkaException when it failed, or when it is not known whether it failed: close this transmission and open
     *     another
     */
    void publish(Batch batch, Runnable sent) throws UnsendableRecord {
        AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
        try {
            producer.beginTransaction();
            KafkaFuture<TopicDescription> description = topic.describe();
            long position = batch.firstPosition();
            for (PublicRecord record : batch.records()) {
                send(record, position++, refusal);
                stopAt(refusal.get());
            }
            producer.sendOffsetsToTransaction(
                    Map.of(topic.partition(), new OffsetAndMetadata(batch.lastPosition(), "position")), group);
            topic.requireId(topicId, description);
            sent.run();
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            Refusal first = refusal.get();
            if (first != null && isForGood(first.reason())) {
                throw new UnsendableRecord(first.position(), first.reason());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells of each record, and the commit of all.
    private void send(PublicRecord record, long position, AtomicReference<@Nullable Refusal> refusal) {
        List<RecordHeader> headers = record.headers().entrySet().stream()
                .map(header ->
                        new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        producer.send(
                new ProducerRecord<>(
                        topic.partition().topic(),
                        topic.partition().partition(),
                        null,
                        record.key(),
                        record.value(),
                        List.copyOf(headers)),
                (metadata, failure) -> {
                    if (failure != null) {
                        refusal.compareAndSet(null, new Refusal(position, failure));
                    }
                });
    }

    /** Else each of the remaining records might wait, as long as the first did, for a broker that is away. */
    private static void stopAt(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw refusal.reason() instanceof KafkaException failure ? failure : new KafkaException(refusal.reason());
        }
    }

    /** Waits for what is in flight, so that every refusal is known, and tells the broker if it still listens. */
    private void abort(KafkaException cause) {
        if (cause instanceof TimeoutException) {
            return;
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // Usual after a fatal failure; the next leader's fencing rolls back instead.
            cause.addSuppressed(e);
        }
    }

    private static boolean isForGood(Exception refusal) {
        return refusal instanceof RecordTooLargeException
                || refusal instanceof RecordBatchTooLargeException
                || refusal instanceof InvalidRecordException;
    }
}
