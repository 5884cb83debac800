package ledger287.service.command;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import ledger287.eventstore.CommandReceipts;
import ledger287.eventstore.EventStore;

/** The only place of a command service that knows what time it is and makes ids. */
final class Providers {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    IdSource ids() {
        return UUID::randomUUID;
    }

    @Produces
    @Singleton
    EventStore eventStore() {
        return new EventStore();
    }

    @Produces
    @Singleton
    CommandReceipts commandReceipts() {
        return new CommandReceipts();
    }
}
