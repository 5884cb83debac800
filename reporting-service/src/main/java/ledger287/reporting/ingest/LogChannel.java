package ledger287.reporting.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One log as it comes from Kafka, through the channel of the same name: its follower, its metrics, its watch. */
final class LogChannel {
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final FollowerStatus status = new FollowerStatus();
    private final Follower follower;
    private final LogConsumer consumer;
    private final MeterRegistry metrics;
    private final Timer batches;
    private final Gauge lag;
    private final ScheduledExecutorService watching;

    /** @param log the log's name, and the channel's */
    LogChannel(
            String log,
            String topic,
            Projection projection,
            TopicWatch watch,
            LogConsumer consumer,
            MeterRegistry metrics) {
        this.follower = new Follower(log, topic, projection, watch, consumer, status);
        this.consumer = consumer;
        this.batches = Timer.builder("ledger287.projection.seconds")
                .description("Taking in one batch of events")
                .tag("log", log)
                .register(metrics);
        this.metrics = metrics;
        this.lag = Gauge.builder("ledger287.projection.lag.events", status, FollowerStatus::lag)
                .description("Events published and not projected yet")
                .tag("log", log)
                .register(metrics);
        this.watching = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("topic-watch-" + log).factory());
    }

    void take(Batch batch) {
        batches.record(() -> follower.take(batch));
    }

    void start() {
        consumer.navigatedBy(follower);
        var unused = watching.scheduleWithFixedDelay(follower::lookAtTopic, 1, 2, TimeUnit.SECONDS);
    }

    void stop() {
        follower.stop();
        watching.shutdownNow();
        consumer.stop();
        consumer.awaitEnd(TO_END);
        // The registry outlives us when the service is started again in the same process.
        metrics.remove(lag);
    }

    FollowerStatus status() {
        return status;
    }
}
