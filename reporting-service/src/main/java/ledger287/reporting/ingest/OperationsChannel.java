package ledger287.reporting.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** The log {@code operations} as it comes from Kafka. Ordered, one batch at a time, on its consumer's own thread. */
@Singleton
final class OperationsChannel {
    private static final String LOG = "operations";

    private final LogChannel channel;

    OperationsChannel(
            Projection projection,
            TopicWatch watch,
            @Connector(LogConnector.NAME) LogConnector connector,
            MeterRegistry metrics,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String topic) {
        this.channel = new LogChannel(LOG, topic, projection, watch, connector.consumer(LOG), metrics);
    }

    /** Called on the consumer's thread, which is there to wait: no other would be woken for it. */
    @Incoming(LOG)
    @NonBlocking
    void take(Batch batch) {
        channel.take(batch);
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
