package ledger287.reporting.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.ingest.IdSource;

/** Makes what other instances of the service would have: dispatchers beside the one that the service under test has. */
@Singleton
final class Others {
    private final WebhookStore store;
    private final CurrentHead currentHead;
    private final ChangeReader reader;
    private final Courier courier;
    private final Resealing resealing;
    private final WebhookSettings settings;
    private final Clock clock;
    private final IdSource ids;
    private final MeterRegistry metrics;

    Others(
            WebhookStore store,
            CurrentHead currentHead,
            ChangeReader reader,
            Courier courier,
            Resealing resealing,
            WebhookSettings settings,
            Clock clock,
            IdSource ids,
            MeterRegistry metrics) {
        this.store = store;
        this.currentHead = currentHead;
        this.reader = reader;
        this.courier = courier;
        this.resealing = resealing;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.metrics = metrics;
    }

    Dispatcher get() {
        return new Dispatcher(
                store, currentHead, reader, courier, resealing, settings, clock, ids, metrics, "http://localhost");
    }
}
