package ledger287.reporting.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The log {@code operations} as it comes from Kafka. Ordered, one batch at a time, on a worker thread. */
@Singleton
final class OperationsChannel {
    private static final String LOG = "operations";

    private final LogChannel channel;

    OperationsChannel(
            Projection projection,
            TopicWatch watch,
            KafkaClientService kafka,
            MeterRegistry metrics,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String topic) {
        this.channel = new LogChannel(LOG, topic, projection, watch, kafka, metrics);
    }

    @Incoming(LOG)
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) {
        channel.take(records);
    }

    void start(@Observes StartupEvent event) {
        channel.start();
    }

    void stop(@Observes ShutdownEvent event) {
        channel.stop();
    }

    LogChannel channel() {
        return channel;
    }
}
