package ledger287.service.publication;

import jakarta.inject.Singleton;
import java.util.Locale;
import ledger287.eventstore.Publisher;
import ledger287.eventstore.PublisherStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Always up: while the broker is away commands are accepted and stored, and published later. That is told as {@code
 * degraded}, with the reason, and must not make an orchestrator take the service from its users.
 */
@Readiness
@Singleton
final class PublisherHealth implements HealthCheck {
    private final Publisher publisher;

    PublisherHealth(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public HealthCheckResponse call() {
        PublisherStatus status = publisher.status();
        return HealthCheckResponse.named("publication")
                .up()
                .withData("degraded", PublisherLifecycle.isDegraded(status))
                .withData("state", status.state().name().toLowerCase(Locale.ROOT))
                .withData("reason", status.message())
                .withData("published_position", status.publishedPosition())
                .withData("lag_events", status.lagEvents())
                .withData("since", status.since().toString())
                .build();
    }
}
