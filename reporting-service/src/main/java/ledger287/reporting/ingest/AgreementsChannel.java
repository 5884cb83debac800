package ledger287.reporting.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The log {@code agreements} as it comes from Kafka. Ordered, one batch at a time, on a worker thread. */
@Singleton
final class AgreementsChannel {
    private static final String CHANNEL = "agreements";

    private final FollowerStatus status = new FollowerStatus();
    private final Follower follower;
    private final MeterRegistry metrics;
    private final Timer batches;
    private final Gauge lag;
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("topic-watch").factory());

    AgreementsChannel(
            Projection projection,
            TopicWatch watch,
            KafkaClientService kafka,
            MeterRegistry metrics,
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topic) {
        this.follower = new Follower("agreements", CHANNEL, topic, projection, watch, kafka, status);
        this.batches = Timer.builder("ledger287.projection.seconds")
                .description("Taking in one batch of events")
                .tag("log", "agreements")
                .register(metrics);
        this.metrics = metrics;
        this.lag = Gauge.builder("ledger287.projection.lag.events", status, FollowerStatus::lag)
                .description("Events published and not projected yet")
                .tag("log", "agreements")
                .register(metrics);
    }

    @Incoming(CHANNEL)
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) {
        batches.record(() -> follower.take(records));
    }

    void start(@Observes StartupEvent event) {
        var unused = watching.scheduleWithFixedDelay(follower::lookAtTopic, 1, 2, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
        watching.shutdownNow();
        // The registry outlives us when the service is started again in the same process.
        metrics.remove(lag);
    }

    Follower follower() {
        return follower;
    }

    FollowerStatus status() {
        return status;
    }
}
