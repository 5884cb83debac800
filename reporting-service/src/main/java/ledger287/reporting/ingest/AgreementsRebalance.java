package ledger287.reporting.ingest;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Seeks to where the query stores are, whenever the topic's partition becomes ours. */
@Singleton
@Identifier("agreements")
final class AgreementsRebalance implements KafkaConsumerRebalanceListener {
    private final AgreementsChannel channel;

    AgreementsRebalance(AgreementsChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        channel.follower().assigned(consumer, partitions);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        channel.follower().revoked(partitions);
    }
}
