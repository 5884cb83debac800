package ledger287.reporting.ingest;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/**
 * Connects a channel with a log's topic: {@code mp.messaging.incoming.<channel>.connector=ledger287-log}. Its settings are
 * {@code topic} and those of Kafka's own consumer, by Kafka's names; settings of all Kafka clients ({@code kafka.…}) hold
 * where the channel has none.
 */
@Singleton
@Connector(LogConnector.NAME)
final class LogConnector implements InboundConnector {
    static final String NAME = "ledger287-log";

    private final Map<String, Object> kafka;
    private final Map<String, LogConsumer> consumers = new ConcurrentHashMap<>();

    /** @param kafka settings of all Kafka clients */
    LogConnector(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = KafkaSettings.known(kafka, ConsumerConfig.configNames());
    }

    /** The consumer behind a channel. */
    LogConsumer consumer(String channel) {
        return consumers.computeIfAbsent(channel, LogConsumer::new);
    }

    /** @throws java.util.NoSuchElementException when the channel has no topic */
    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config settings) {
        String channel = settings.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class);
        var configuration = new HashMap<>(kafka);
        for (String name : ConsumerConfig.configNames()) {
            settings.getOptionalValue(name, String.class).ifPresent(value -> configuration.put(name, value));
        }
        return consumer(channel).read(settings.getValue("topic", String.class), configuration);
    }
}
