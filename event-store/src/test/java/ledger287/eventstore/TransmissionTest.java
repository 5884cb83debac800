package ledger287.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.local.SharedServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TransmissionTest {

    @Test
    void aTopicReplacedSinceItsIdWasAskedForShowsByItsOffsets() throws Exception {
        TestLog log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
        PublisherSettings usual = log.settings();
        var settings = new PublisherSettings(
                usual.log(),
                usual.topic(),
                usual.kafka(),
                usual.replication(),
                usual.limits(),
                // The id is not asked for a second time.
                new PublisherSettings.Pace(Duration.ofHours(1), Duration.ofMillis(200), Duration.ofSeconds(2)));
        try (Admin admin = log.admin();
                Topic topic = new Topic(settings);
                Transmission transmission =
                        Transmission.open(settings, topic, topic.create(settings.topic()), "a publication")) {
            transmission.publish(batch(1), () -> {});

            admin.deleteTopics(List.of(log.topic())).all().get();
            await().atMost(30, SECONDS).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1)))
                        .all()
                        .get();
                return true;
            });

            assertThatThrownBy(() -> transmission.publish(batch(3), () -> {}))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("was replaced while it was written to");
            assertThat(log.positions()).isEmpty();
        }
    }

    @Test
    void anOpenTransactionOfAStrangerIsWaitedFor() throws Exception {
        TestLog log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
        try (Topic topic = new Topic(log.settings());
                KafkaProducer<String, byte[]> stranger = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                log.kafka().bootstrapServers(),
                                "transactional.id",
                                log.topic() + "-stranger"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            String id = topic.create(log.topic());
            stranger.initTransactions();
            stranger.beginTransaction();
            stranger.send(new ProducerRecord<>(log.topic(), "stream", new byte[1]))
                    .get();

            assertThatThrownBy(() -> Transmission.open(log.settings(), topic, id, "a publication"))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("has an open transaction that is not ours");

            stranger.abortTransaction();
            await().atMost(30, SECONDS).ignoreExceptions().until(() -> {
                try (Transmission transmission = Transmission.open(log.settings(), topic, id, "a publication")) {
                    return transmission.lastPublished().isEmpty();
                }
            });
        }
    }

    private static Batch batch(long position) {
        return new Batch(
                position,
                List.of(record(position), record(position + 1)),
                List.of(UUID.randomUUID(), UUID.randomUUID()));
    }

    private static PublicRecord record(long position) {
        return new PublicRecord(
                "stream", ("event " + position).getBytes(UTF_8), Map.of("position", String.valueOf(position)));
    }
}
