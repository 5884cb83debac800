package ledger287.reporting.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Sees a topic from outside: whether it is there, whether it is still the same one, and how long it is. */
@Singleton
final class TopicWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, Object> configuration;
    private @Nullable Admin admin;

    TopicWatch(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        configuration = KafkaSettings.known(kafka, AdminClientConfig.configNames());
        configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    }

    /** What was seen. */
    sealed interface Sight {}

    /** Nobody has made the topic yet. */
    record NoTopic() implements Sight {}

    /**
     * The topic is there.
     *
     * @param id another id means that it was deleted and made anew
     * @param end the offset after the last record that committed readers see
     */
    record Topic(String id, long beginning, long end) implements Sight {}

    /** The broker does not answer. */
    static final class OutOfSight extends Exception {
        OutOfSight(String message, Throwable cause) {
            super(message, cause);
        }
    }

    synchronized Sight look(TopicPartition partition) throws OutOfSight {
        try {
            String id = wait(client().describeTopics(List.of(partition.topic()))
                            .topicNameValues()
                            .get(partition.topic()))
                    .topicId()
                    .toString();
            // Both are asked for before either is waited for.
            ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
            var earliest = client().listOffsets(Map.of(partition, OffsetSpec.earliest()), committed)
                    .partitionResult(partition);
            var latest = client().listOffsets(Map.of(partition, OffsetSpec.latest()), committed)
                    .partitionResult(partition);
            long beginning = wait(earliest).offset();
            long end = wait(latest).offset();
            return new Topic(id, beginning, end);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new NoTopic();
            }
            throw new OutOfSight("The broker does not answer: " + e.getCause(), e);
        } catch (TimeoutException | KafkaException e) {
            throw new OutOfSight("The broker does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutOfSight("Asking the broker was interrupted", e);
        }
    }

    private Admin client() {
        Admin known = admin;
        if (known == null) {
            known = Admin.create(configuration);
            admin = known;
        }
        return known;
    }

    private static <T> T wait(org.apache.kafka.common.@Nullable KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (future == null) {
            throw new IllegalStateException("Kafka did not answer for the topic that was asked for");
        }
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
