package ledger287.service.publication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.Publisher;
import ledger287.eventstore.PublisherListener;
import ledger287.eventstore.PublisherSettings;
import ledger287.eventstore.PublisherStatus;
import ledger287.service.settings.ServiceSettings;
import org.eclipse.microprofile.config.Config;

/** The publisher of this service's log: made from the configuration, started and stopped with the service. */
final class PublisherLifecycle {
    private static final String KAFKA = "kafka.";

    @Produces
    @Singleton
    Publisher publisher(
            ServiceSettings settings,
            Config config,
            DataSource database,
            EventStore store,
            PublishedLog log,
            Clock clock) {
        ServiceSettings.Kafka kafka = settings.kafka();
        PublisherSettings publication = PublisherSettings.of(log.name(), kafka.topic(), clientProperties(config))
                .with(new PublisherSettings.Replication(kafka.replicationFactor(), kafka.minInsyncReplicas()));
        return new Publisher(publication, database, store, log.mapper(), PublisherListener.NONE, clock);
    }

    void start(@Observes StartupEvent event, Publisher publisher, MeterRegistry metrics) {
        Gauge.builder("ledger287.publisher.lag.events", publisher, Publisher::lagEvents)
                .description("Events of the log that are not known to be on the topic")
                .register(metrics);
        Gauge.builder("ledger287.publisher.position", publisher, Publisher::publishedPosition)
                .description("Last position known to be on the topic")
                .register(metrics);
        Gauge.builder("ledger287.publisher.degraded", publisher, p -> isDegraded(p.status()) ? 1 : 0)
                .description("1 while events cannot be published")
                .register(metrics);
        publisher.start();
    }

    void stop(@Observes ShutdownEvent event, Publisher publisher) {
        publisher.close();
    }

    static boolean isDegraded(PublisherStatus status) {
        return switch (status.state()) {
            case PUBLISHING, STANDBY -> false;
            case STOPPED, CONNECTING, DEGRADED, HALTED -> true;
        };
    }

    /** Everything under {@code kafka.}, as Quarkus' own clients take it: brokers, and security where there is any. */
    private static Map<String, String> clientProperties(Config config) {
        Map<String, String> properties = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> properties.put(name.substring(KAFKA.length()), value));
            }
        }
        return properties;
    }
}
