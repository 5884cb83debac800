package ledger287.reporting;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import ledger287.local.SharedServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic as a publisher writes it: in transactions, one partition. */
public final class Topic implements AutoCloseable {
    private final String name;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    public Topic(String name) {
        this(name, SharedServers.kafka().bootstrapServers());
    }

    public Topic(String name, String bootstrapServers) {
        this.name = name;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        "test-" + UUID.randomUUID(),
                        "acks",
                        "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public void create() throws InterruptedException, ExecutionException {
        try {
            admin.createTopics(List.of(
                            new NewTopic(name, Optional.of(1), Optional.empty()).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    public void delete() throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(name)).all().get();
    }

    /** Sends events in one Kafka transaction. */
    public void publish(List<TestLedger.Event> events) {
        producer.beginTransaction();
        for (TestLedger.Event event : events) {
            var unused = producer.send(
                    new ProducerRecord<>(name, 0, event.subject(), event.json().getBytes(StandardCharsets.UTF_8)));
        }
        producer.commitTransaction();
    }

    public void publish(TestLedger.Event... events) {
        publish(List.of(events));
    }

    /** Sends bytes that nobody promised. */
    public void publishRaw(String key, byte[] value) {
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(name, 0, key, value));
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
