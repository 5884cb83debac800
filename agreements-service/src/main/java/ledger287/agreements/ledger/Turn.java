package ledger287.agreements.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.publication.RecordedFact;
import ledger287.agreements.publication.StoredFacts;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Retractions.Recorded;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent.LedgerOpened;
import ledger287.eventstore.Append;
import ledger287.eventstore.Appended;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.NewEvent;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * One command's time alone with the ledger, inside its transaction. What it appends is decided on the newest state, for
 * nobody else writes meanwhile; the versions of all streams it touches are checked even so.
 */
public final class Turn {
    private final Connection connection;
    private final Fold fold;
    private final EventStore store;
    private final StoredFacts storedFacts;
    private final IdSource ids;
    private final UUID commandId;
    private final Instant now;
    private List<Fact> appendedFacts = List.of();
    private @Nullable Appended appended;

    Turn(
            Connection connection,
            Fold fold,
            EventStore store,
            StoredFacts storedFacts,
            IdSource ids,
            UUID commandId,
            Instant now) {
        this.connection = connection;
        this.fold = fold;
        this.store = store;
        this.storedFacts = storedFacts;
        this.ids = ids;
        this.commandId = commandId;
        this.now = now;
    }

    /** The transaction, for what is stored beside the events. Neither committed nor rolled back by the work. */
    public Connection connection() {
        return connection;
    }

    /** The newest state; not to be changed. */
    public Roster roster() {
        return fold.roster();
    }

    /** When this command is recorded: one instant for all of it. */
    public Instant now() {
        return now;
    }

    /** The version of a stream in the newest state; 0 when it does not exist. */
    public long version(String streamId) {
        return fold.version(streamId);
    }

    /** The newest position, this command's events included. */
    public long position() {
        return appended == null ? fold.position() : appended.lastPosition();
    }

    /** Appends facts in their order; once in a turn, and last. */
    public Appended append(List<Fact> facts) throws SQLException {
        if (appended != null) {
            throw new IllegalStateException("A command appends once, so that it is seen whole or not at all.");
        }
        boolean sample = sampleAfter(facts);
        Map<String, Long> expected = new HashMap<>();
        facts.forEach(fact ->
                expected.put(fact.event().streamId(), fold.version(fact.event().streamId())));
        List<NewEvent> events = facts.stream()
                .map(fact -> storedFacts.write(new RecordedFact(fact, commandId, sample), ids.next()))
                .toList();
        Appended stored = store.append(connection, new Append(expected, events), now);
        if (stored.firstPosition() != fold.position() + 1) {
            throw new IllegalStateException("Someone wrote to the log out of turn: the state stands at "
                    + fold.position() + ", the append begins at " + stored.firstPosition());
        }
        appendedFacts = facts;
        appended = stored;
        return stored;
    }

    /** The facts of an earlier append, in log order, with the ids they are stored under. */
    public List<Recorded> stored(Appended range) throws SQLException {
        int events = Math.toIntExact(range.lastPosition() - range.firstPosition() + 1);
        return store.readFrom(connection, range.firstPosition() - 1, events).stream()
                .map(event ->
                        new Recorded(event.eventId(), storedFacts.read(event).fact()))
                .toList();
    }

    @Nullable
    Appended appended() {
        return appended;
    }

    List<Fact> appendedFacts() {
        return appendedFacts;
    }

    private boolean sampleAfter(List<Fact> facts) {
        return facts.stream()
                .map(Fact::event)
                .filter(LedgerOpened.class::isInstance)
                .map(LedgerOpened.class::cast)
                .findFirst()
                .map(LedgerOpened::sample)
                .orElseGet(() -> fold.roster().sample().orElseThrow(() -> Problem.of(
                                ProblemType.REFUSED,
                                "The ledger is empty. Its first workbook decides whether it holds real or sample"
                                        + " data: import one first.")
                        .because("empty_ledger")
                        .asException()));
    }
}
