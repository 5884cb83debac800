package ledger287.reporting.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.ingest.IdSource;

/** Makes what other instances of the service would have: dispatchers beside the one that the service under test has. */
@Singleton
final class Others {
    private final BiFunction<WebhookStore, Clock, Dispatcher> dispatchers;
    private final WebhookStore store;
    private final DataSource database;
    private final Clock clock;

    Others(
            WebhookStore store,
            DataSource database,
            CurrentHead currentHead,
            ChangeReader reader,
            Courier courier,
            Resealing resealing,
            WebhookSettings settings,
            Clock clock,
            IdSource ids,
            MeterRegistry metrics) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.dispatchers = (itsStore, itsClock) -> new Dispatcher(
                itsStore,
                currentHead,
                reader,
                courier,
                resealing,
                settings,
                itsClock,
                ids,
                metrics,
                "http://localhost");
    }

    Dispatcher get() {
        return dispatchers.apply(store, clock);
    }

    /** @param clock by which it sees what is due */
    Mortal mortal(Clock clock) {
        return new Mortal(database, dispatchers, clock);
    }

    /** One that can be killed: from then on it writes nothing, not even that its leases are free. */
    static final class Mortal {
        private final AtomicBoolean dead = new AtomicBoolean();
        private final Dispatcher dispatcher;

        private Mortal(DataSource database, BiFunction<WebhookStore, Clock, Dispatcher> dispatchers, Clock clock) {
            // A store asks its database for connections, and for nothing else.
            DataSource untilDeath = (DataSource) Proxy.newProxyInstance(
                    Others.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        return connect(database);
                    });
            this.dispatcher = dispatchers.apply(new WebhookStore(untilDeath), clock);
        }

        void start() {
            dispatcher.start(new StartupEvent());
        }

        void kill() {
            dead.set(true);
            dispatcher.stop(new ShutdownEvent());
        }

        boolean isDead() {
            return dead.get();
        }

        private Connection connect(DataSource database) throws SQLException {
            if (dead.get()) {
                throw new SQLException("This instance is dead.");
            }
            return database.getConnection();
        }
    }
}
