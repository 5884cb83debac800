package ledger287.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ledger287.eventstore.TestLog.awaitPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import ledger287.local.SharedServers;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a leader that begins finds the last one's position. */
class TopicEndTest {

    private TestLog log;

    @BeforeEach
    void create() throws Exception {
        log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
    }

    @Test
    void theLastCommittedRecordSaysWhichPublicationItBelongsToAndWhichEventItIs() throws Exception {
        publish(30);
        PublicationMark mark = TopicEnd.find(log.settings(), partition()).mark().orElseThrow();
        assertThat(mark.publication()).isEqualTo(publication());
        assertThat(mark.position()).isEqualTo(30);
        try (Connection connection = log.database().connect()) {
            assertThat(new EventStore()
                            .readBatch(connection, 29, 1, 1_000)
                            .getFirst()
                            .eventId())
                    .isEqualTo(mark.eventId());
        }
    }

    @Test
    void whatWasRolledBackAfterItIsLookedPast() throws Exception {
        publish(30);
        try (KafkaProducer<String, byte[]> producer = producer("rolled-back")) {
            producer.initTransactions();
            for (int i = 0; i < 3; i++) {
                producer.beginTransaction();
                for (int record = 0; record < 100; record++) {
                    producer.send(new ProducerRecord<>(log.topic(), "stream", "never".getBytes(UTF_8)))
                            .get();
                }
                producer.abortTransaction();
            }
        }
        assertThat(position()).hasValue(30);
    }

    @Test
    void aTopicWithoutACommittedRecordIsAtZero() throws Exception {
        try (var admin = log.admin()) {
            admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        assertThat(position()).isEmpty();
        try (KafkaProducer<String, byte[]> producer = producer("rolled-back")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(log.topic(), "stream", "never".getBytes(UTF_8)))
                    .get();
            producer.abortTransaction();
        }
        // The record and the marker that rolled it back; readers get past them some milliseconds later.
        await().until(() -> TopicEnd.find(log.settings(), partition()).offset() == 2);
        assertThat(position()).isEmpty();
    }

    @Test
    void recordsWithoutAMarkOrWithAGarbledOneTellNothing() throws Exception {
        publish(3);
        String event = "/0f9b4a8e-92d4-4c30-b4a0-c4319a8d2ba2";
        String right = publication() + "/3" + event;
        for (String mark : new String[] {
            null, "", "/", "//", publication() + "/3", publication() + "/x" + event, publication() + "/3/x", right + "/"
        }) {
            sendMarked(right);
            await("before a record marked " + mark).until(() -> position().equals(OptionalLong.of(3)));
            sendMarked(mark);
            await("after a record marked " + mark).until(() -> position().isEmpty());
        }
    }

    @Test
    void aTopicThatIsNotThereIsLookedForInVain() {
        assertThatThrownBy(this::position).isInstanceOf(TimeoutException.class);
    }

    /** Positions 1 to {@code last}, and waits until readers see them. */
    private void publish(int last) throws Exception {
        log.appendFacts(last);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, last);
        }
        log.assertTopicHoldsExactly(1, last);
    }

    /** Readers see it some milliseconds later. */
    private void sendMarked(@Nullable String mark) throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer("stranger")) {
            producer.initTransactions();
            producer.beginTransaction();
            var record = new ProducerRecord<String, byte[]>(log.topic(), "stream", "strange".getBytes(UTF_8));
            if (mark != null) {
                record.headers().add(new RecordHeader("ledger287-publication", mark.getBytes(UTF_8)));
            }
            producer.send(record).get();
            producer.commitTransaction();
        }
    }

    private OptionalLong position() {
        return TopicEnd.find(log.settings(), partition()).mark().stream()
                .mapToLong(PublicationMark::position)
                .findAny();
    }

    private TopicPartition partition() {
        return new TopicPartition(log.topic(), 0);
    }

    private String publication() throws Exception {
        try (Connection connection = log.database().connect()) {
            return new Checkpoints(log.topic(), Clock.systemUTC())
                    .observe(connection)
                    .checkpoint()
                    .publication();
        }
    }

    private KafkaProducer<String, byte[]> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        log.kafka().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        log.topic() + "-" + transactionalId),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
