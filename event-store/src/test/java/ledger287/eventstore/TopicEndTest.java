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
import ledger287.local.SharedServers;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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
    void theLastCommittedRecordTellsThePositionOfItsPublicationAlone() throws Exception {
        publish(30);
        assertThat(position(publication())).isEqualTo(30);
        assertThat(position("another publication")).isZero();
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
        assertThat(position(publication())).isEqualTo(30);
    }

    @Test
    void aTopicWithoutACommittedRecordIsAtZero() throws Exception {
        try (var admin = log.admin()) {
            admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        assertThat(position("any")).isZero();
        try (KafkaProducer<String, byte[]> producer = producer("rolled-back")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(log.topic(), "stream", "never".getBytes(UTF_8)))
                    .get();
            producer.abortTransaction();
        }
        assertThat(position("any")).isZero();
    }

    @Test
    void recordsWithoutAMarkOrWithAGarbledOneTellNothing() throws Exception {
        publish(3);
        String right = publication() + "/3";
        for (String mark : new String[] {null, "", "/", publication(), publication() + "/", publication() + "/x"}) {
            sendMarked(right);
            await("before a record marked " + mark).until(() -> position(publication()), seen -> seen == 3);
            sendMarked(mark);
            await("after a record marked " + mark).until(() -> position(publication()), seen -> seen == 0);
        }
    }

    @Test
    void aTopicThatIsNotThereIsSaidNotToBe() {
        assertThatThrownBy(() -> position("any")).isInstanceOf(KafkaException.class);
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

    private long position(String publication) {
        return TopicEnd.find(log.settings(), new TopicPartition(log.topic(), 0), publication)
                .position();
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
