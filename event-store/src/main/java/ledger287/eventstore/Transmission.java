package ledger287.eventstore;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
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
    private final String publication;

    /** What the broker said had been published. Until a later leader fences this one, nobody else of ours changes it. */
    private final TopicEnd found;

    private final Duration lookAgainAfter;

    /** Whatever is written next gets this offset or a later one, unless the topic is another. */
    private long nextOffset;

    /** By the monotonic clock, when the topic's id was last asked for. */
    private long lookedAt;

    private Transmission(
            KafkaProducer<String, byte[]> producer,
            Topic topic,
            String topicId,
            String publication,
            TopicEnd found,
            Duration lookAgainAfter) {
        this.producer = producer;
        this.topic = topic;
        this.topicId = topicId;
        this.publication = publication;
        this.found = found;
        this.lookAgainAfter = lookAgainAfter;
        this.nextOffset = found.offset();
    }

    /**
     * Fences every earlier leader, whose open transaction the broker rolls back.
     *
     * @param publication what records are marked with: another topic, or a publication from the start, has another
     */
    static Transmission open(PublisherSettings settings, Topic topic, String topicId, String publication) {
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
            // Answered when every earlier leader's transaction has ended and readers see how.
            producer.initTransactions();
            long written = topic.endOffset();
            TopicEnd found = TopicEnd.find(settings, topic.partition());
            if (found.offset() < written) {
                throw new KafkaException("Topic " + settings.topic() + " has an open transaction that is not ours: what"
                        + " readers see ends at offset " + found.offset() + " of " + written
                        + ". Its writer ends it, the broker when its time is over, or kafka-transactions.sh.");
            }
            Transmission transmission = new Transmission(
                    producer,
                    topic,
                    topicId,
                    publication,
                    found,
                    settings.pace().poll());
            // Else the end that was found might be another topic's.
            transmission.requireTopic();
            return transmission;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** What the last record says that the broker has committed; empty when it says nothing, or there is none. */
    Optional<PublicationMark> lastPublished() {
        return found.mark();
    }

    /** Fails unless the broker answers and the topic is still the same. */
    void requireTopic() {
        lookedAt = System.nanoTime();
        topic.requireId(topicId);
    }

    /**
     * Publishes all records, or none, in one Kafka transaction. Each is marked with its position.
     *
     * <p>A topic of the same name that took this one's place must not be written to. Its id is asked for now and then; in
     * between, it shows by its offsets, which begin again.
     *
     * @param sent is run when everything has been written and nothing is committed
     * @throws KafkaException when it failed, or when it is not known whether it failed: close this transmission and open
     *     another
     */
    void publish(Batch batch, Runnable sent) throws UnsendableRecord {
        var sending = new Sending();
        try {
            producer.beginTransaction();
            for (int i = 0; i < batch.records().size(); i++) {
                PublicationMark mark = new PublicationMark(
                        publication, batch.firstPosition() + i, batch.eventIds().get(i));
                send(batch.records().get(i), mark, sending);
                sending.requireNoRefusal();
            }
            if (System.nanoTime() - lookedAt >= lookAgainAfter.toNanos()) {
                requireTopic();
            }
            producer.flush();
            sending.requireNoRefusal();
            if (sending.firstOffset.get() < nextOffset) {
                throw topic.replaced();
            }
            nextOffset = Math.max(nextOffset, sending.lastOffset.get() + 1);
            sent.run();
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            Refusal first = sending.refusal.get();
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
    private void send(PublicRecord record, PublicationMark mark, Sending sending) {
        List<Header> headers = new ArrayList<>();
        record.headers()
                .forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        headers.add(mark.header());
        producer.send(
                new ProducerRecord<>(
                        topic.partition().topic(),
                        topic.partition().partition(),
                        null,
                        record.key(),
                        record.value(),
                        headers),
                (metadata, failure) -> sending.answered(mark.position(), metadata, failure));
    }

    /** What became of the records of one batch. Told by the producer's thread, or by the one that sends. */
    private static final class Sending {
        private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
        private final AtomicLong firstOffset = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong lastOffset = new AtomicLong();

        void answered(long position, RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                refusal.compareAndSet(null, new Refusal(position, failure));
            } else if (metadata.hasOffset()) {
                // One that was sent twice, since an answer was lost, may have none.
                firstOffset.accumulateAndGet(metadata.offset(), Math::min);
                lastOffset.accumulateAndGet(metadata.offset(), Math::max);
            }
        }

        /** Else each of the remaining records might wait, as long as the first did, for a broker that is away. */
        void requireNoRefusal() {
            Refusal first = refusal.get();
            if (first != null) {
                throw first.reason() instanceof KafkaException failure ? failure : new KafkaException(first.reason());
            }
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
