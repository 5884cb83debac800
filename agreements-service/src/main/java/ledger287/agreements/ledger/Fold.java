package ledger287.agreements.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ledger287.agreements.publication.StoredFacts;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Roster;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.StoredEvent;

/** The roster at a position of the log, and the version of every stream there. Not safe for threads. */
final class Fold {
    private static final int BATCH = 2_000;

    private final Roster roster = Roster.empty();
    private final Map<String, Long> versions = new HashMap<>();
    private long position;

    Roster roster() {
        return roster;
    }

    long position() {
        return position;
    }

    /** 0 for a stream that does not exist. */
    long version(String streamId) {
        return versions.getOrDefault(streamId, 0L);
    }

    /** Takes in what others have written since. */
    void catchUp(EventStore store, StoredFacts facts, Connection connection) throws SQLException {
        List<StoredEvent> events;
        do {
            events = store.readFrom(connection, position, BATCH);
            for (StoredEvent event : events) {
                apply(facts.read(event).fact(), event.position());
            }
        } while (events.size() == BATCH);
    }

    /** Takes in the next fact of the log. */
    void apply(Fact fact, long at) {
        if (at != position + 1) {
            throw new IllegalStateException("The fold stands at " + position + " and cannot take in " + at);
        }
        roster.replay(fact);
        versions.merge(fact.event().streamId(), 1L, Long::sum);
        position = at;
    }
}
