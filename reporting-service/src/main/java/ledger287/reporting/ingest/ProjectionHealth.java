package ledger287.reporting.ingest;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the query stores follow the topics. When they do not, we still answer, from what we have: degraded, not down.
 */
@Readiness
@Singleton
final class ProjectionHealth implements HealthCheck {
    private final List<LogChannel> channels;
    private final ParkedGauge parked;
    private final long degradedLag;

    ProjectionHealth(
            AgreementsChannel agreements,
            OperationsChannel operations,
            ParkedGauge parked,
            @ConfigProperty(name = "ledger287.reporting.degraded-lag") long degradedLag) {
        this.channels = List.of(agreements.channel(), operations.channel());
        this.parked = parked;
        this.degradedLag = degradedLag;
    }

    @Override
    public HealthCheckResponse call() {
        long lag =
                channels.stream().mapToLong(channel -> channel.status().lag()).sum();
        Optional<String> trouble = channels.stream()
                .flatMap(channel -> channel.status().trouble().stream())
                .findFirst();
        if (trouble.isEmpty() && lag > degradedLag) {
            trouble = Optional.of("The projection is " + lag + " events behind");
        }
        if (trouble.isEmpty() && parked.count() > 0) {
            trouble = Optional.of(parked.count() + " events are parked; see /v1/parked");
        }
        var response = HealthCheckResponse.named("projection")
                .up()
                .withData("degraded", trouble.isPresent())
                .withData("lag_events", lag)
                .withData("parked_events", parked.count());
        trouble.ifPresent(words -> response.withData("reason", words));
        return response.build();
    }
}
