package ledger287.reporting.ingest;

import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Seeks to where the query stores are, whenever the topic's partition becomes ours. */
abstract sealed class SeekOnAssignment implements KafkaConsumerRebalanceListener
        permits AgreementsRebalance, OperationsRebalance {
    private final Follower follower;

    SeekOnAssignment(Follower follower) {
        this.follower = follower;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        follower.assigned(consumer, partitions);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        follower.revoked(partitions);
    }
}
