package ledger287.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalKafkaTest {

    private static final String TOPIC = "kept";

    @TempDir
    Path directory;

    @Test
    void committed_records_survive_a_kill_and_a_wipe_leaves_nothing() throws Exception {
        try (var kafka = LocalKafka.start(directory, 0)) {
            String servers = kafka.bootstrapServers();
            try (var admin = admin(kafka)) {
                admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            send(kafka, "first", "second");
            kafka.kill();

            kafka.restart();

            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            send(kafka, "third");
            assertThat(received(kafka, 3)).containsExactly("first", "second", "third");

            kafka.wipe();
            kafka.restart();
            try (var admin = admin(kafka)) {
                assertThat(admin.listTopics().names().get()).doesNotContain(TOPIC);
            }
        }
    }

    private static Admin admin(LocalKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void send(LocalKafka kafka, String... values) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer", "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get();
            }
            producer.commitTransaction();
        }
    }

    private static List<String> received(LocalKafka kafka, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
