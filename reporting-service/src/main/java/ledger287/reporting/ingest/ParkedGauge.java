package ledger287.reporting.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How many events are parked, as a metric. When the database does not answer, the last known number stands. */
@Singleton
final class ParkedGauge {
    private static final Logger LOG = Logger.getLogger(ParkedGauge.class);

    private final DataSource database;
    private final MeterRegistry metrics;
    private volatile long last;
    private @Nullable Gauge gauge;

    ParkedGauge(DataSource database, MeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        gauge = Gauge.builder("ledger287.parked.events", this, gauge -> (double) gauge.count())
                .description("Events that could not be projected and wait for an operator")
                .register(metrics);
    }

    /** The registry outlives us when the service is started again in the same process. */
    void stop(@Observes ShutdownEvent event) {
        if (gauge != null) {
            metrics.remove(gauge);
        }
    }

    long count() {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from parked_event where replayed_at is null");
                ResultSet row = select.executeQuery()) {
            row.next();
            last = row.getLong(1);
        } catch (SQLException e) {
            LOG.debug("Parked events cannot be counted now", e);
        }
        return last;
    }
}
