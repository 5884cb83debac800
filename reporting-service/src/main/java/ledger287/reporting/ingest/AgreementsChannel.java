package ledger287.reporting.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The log {@code agreements} as it comes from Kafka. Ordered, one batch at a time. */
@Singleton
final class AgreementsChannel {
    private static final String LOG = "agreements";

    private final LogChannel channel;

    AgreementsChannel(
            Projection projection,
            TopicWatch watch,
            KafkaClientService kafka,
            MeterRegistry metrics,
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topic) {
        this.channel = new LogChannel(LOG, topic, projection, watch, kafka, metrics);
    }

    /** Nothing is acknowledged to the broker: where to go on is kept with what was applied. */
    @Incoming(LOG)
    @Acknowledgment(Acknowledgment.Strategy.NONE)
    CompletionStage<Void> take(ConsumerRecords<String, byte[]> records) {
        return channel.take(records);
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
