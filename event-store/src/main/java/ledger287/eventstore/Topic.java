package ledger287.eventstore;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic, as the broker tells it. Failures are Kafka's own unchecked exceptions, after five seconds at most. */
final class Topic implements AutoCloseable {

    private static final Map<String, String> KEEP_EVERYTHING = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1");

    private final Admin admin;
    private final PublisherSettings settings;
    private final TopicPartition partition;

    Topic(PublisherSettings settings) {
        this.settings = settings;
        this.partition = new TopicPartition(settings.topic(), 0);
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "publisher-" + settings.log());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        this.admin = Admin.create(properties);
    }

    TopicPartition partition() {
        return partition;
    }

    /** Empty when there is no such topic. */
    Optional<TopicFound> find() {
        Optional<TopicDescription> description = answer(describe());
        if (description.isEmpty()) {
            return Optional.empty();
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        Config config = await(Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).values().get(resource)));
        long firstOffset = offset(OffsetSpec.earliest());
        long endOffset = endOffset();
        return Optional.of(new TopicFound(
                description.get().topicId().toString(),
                description.get().partitions().size(),
                KEEP_EVERYTHING.entrySet().stream().allMatch(setting -> setting.getValue()
                        .equals(config.get(setting.getKey()).value())),
                firstOffset,
                endOffset));
    }

    private KafkaFuture<TopicDescription> describe() {
        return Objects.requireNonNull(admin.describeTopics(List.of(settings.topic()))
                .topicNameValues()
                .get(settings.topic()));
    }

    /** Fails when the topic is not the one it was. */
    void requireId(String id) {
        String found =
                answer(describe()).map(topic -> topic.topicId().toString()).orElse("none");
        if (!found.equals(id)) {
            throw replaced();
        }
    }

    KafkaException replaced() {
        return new KafkaException("Topic " + settings.topic() + " was replaced while it was written to.");
    }

    /** The new topic's id. */
    String create(String name) {
        Map<String, String> config = new HashMap<>(KEEP_EVERYTHING);
        config.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                String.valueOf(settings.replication().minInsync()));
        config.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(settings.limits().recordBytes()));
        NewTopic topic = new NewTopic(name, 1, (short) settings.replication().factor()).configs(config);
        return await(admin.createTopics(List.of(topic)).topicId(name)).toString();
    }

    /** The offset after the last record, of open transactions too. */
    long endOffset() {
        return offset(OffsetSpec.latest());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private long offset(OffsetSpec spec) {
        return await(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    private static Optional<TopicDescription> answer(KafkaFuture<TopicDescription> description) {
        try {
            return Optional.of(await(description));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                throw failure;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
