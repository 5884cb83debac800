package ledger287.operations.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import ledger287.eventstore.Append;
import ledger287.eventstore.Appended;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.NewEvent;
import ledger287.operations.operation.Dossier;
import ledger287.operations.operation.Fact;
import ledger287.operations.operation.LedgerEvent.ClaimEvent;
import ledger287.operations.operation.LedgerEvent.LedgerOpened;
import ledger287.operations.operation.LedgerEvent.OperationEvent;
import ledger287.operations.publication.RecordedFact;
import ledger287.operations.publication.StoredFacts;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: it holds dossiers, takes in what is decided about them, and appends all of it at once at its end.
 * Nobody else decides on a dossier that a turn holds.
 */
public final class Turn {
    private static final String NEW_OPERATIONS = """
            insert into operation_key (operation_id, external_id)
            select operation_id, external_id
            from unnest(?::uuid[], ?::text[]) as o (operation_id, external_id)
            order by external_id
            on conflict (external_id) do nothing
            """;

    private static final String NEW_CLAIMS = """
            insert into claim_key (claim_id, operation_id)
            select claim_id, operation_id
            from unnest(?::uuid[], ?::uuid[]) with ordinality as c (claim_id, operation_id, ordinal)
            order by ordinal
            """;

    /** Who opens the ledger does so alone; any two numbers, the same in every instance. */
    private static final String OPENING = "select pg_advisory_xact_lock(287, 2)";

    private static final String OPENED = "select (data ->> 'sample')::boolean from event where position = 1";

    private final Connection connection;
    private final Dossiers dossiers;
    private final EventStore store;
    private final StoredFacts storedFacts;
    private final IdSource ids;
    private final UUID commandId;
    private final Instant now;

    private final Map<UUID, Dossier> held = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, UUID> newExternalIds = new TreeMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private @Nullable Kind asked;
    private @Nullable Appended appended;

    Turn(
            Connection connection,
            Dossiers dossiers,
            EventStore store,
            StoredFacts storedFacts,
            IdSource ids,
            UUID commandId,
            Instant now) {
        this.connection = connection;
        this.dossiers = dossiers;
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

    /** When this command is recorded: one instant for all of it. */
    public Instant now() {
        return now;
    }

    public UUID newId() {
        return ids.next();
    }

    /** Refuses what would mix sample and real data. Asked before anything is taken in. */
    public void expect(Kind kind) throws SQLException {
        Optional<Kind> ledger = kindOfLedger();
        if (ledger.isPresent() && ledger.get() != kind) {
            throw Problem.of(
                            ProblemType.SAMPLE_AND_REAL,
                            kind.isSample()
                                    ? "This ledger holds real data, and sample=true says that this is not. Load the"
                                            + " sample into a ledger of its own."
                                    : "This ledger holds the generated sample. Real operations need a ledger of their"
                                            + " own: start one with './ledger up --fresh --sheets DIR'.")
                    .about("sample", null)
                    .asException();
        }
        asked = kind;
    }

    /** Holds these operations from now on; one that does not exist is not among the answers. */
    public Map<UUID, Held> hold(Collection<UUID> operationIds) throws SQLException {
        Map<UUID, Held> found = dossiers.hold(connection, operationIds);
        found.values().forEach(operation -> {
            held.put(operation.operationId(), operation.dossier());
            versions.put("operation-" + operation.operationId(), operation.operationVersion());
            operation.claimVersions().forEach((claim, version) -> versions.put("claim-" + claim, version));
        });
        return found;
    }

    /** Recorded operations by the names that their recorders gave them. */
    public Map<String, UUID> byExternalIds(Collection<String> externalIds) throws SQLException {
        return dossiers.byExternalIds(connection, externalIds);
    }

    /** The operation that this turn itself records under a name. */
    public Optional<UUID> newByExternalId(String externalId) {
        return Optional.ofNullable(newExternalIds.get(externalId));
    }

    /** An operation that this turn holds, as it is after what was taken in so far. */
    public Optional<Dossier> dossier(UUID operationId) {
        return Optional.ofNullable(held.get(operationId));
    }

    /** Takes in what was decided about operations that this turn holds, or that begin with it. */
    public void take(List<Fact> decided) {
        for (Fact fact : decided) {
            switch (fact.event()) {
                case OperationEvent operation -> take(operation, fact);
                case ClaimEvent claim ->
                    held.computeIfPresent(claim.after().operationId(), (id, dossier) -> dossier.after(List.of(fact)));
                case LedgerOpened opened -> throw new IllegalArgumentException("The turn opens the ledger itself");
            }
        }
        facts.addAll(decided);
    }

    private void take(OperationEvent operation, Fact fact) {
        UUID id = operation.after().id();
        if (operation.before() != null) {
            held.computeIfPresent(id, (known, dossier) -> dossier.after(List.of(fact)));
            return;
        }
        held.put(id, Dossier.of(operation.after()));
        String externalId = operation.after().externalId();
        if (externalId != null) {
            newExternalIds.put(externalId, id);
        }
    }

    /** The newest position, this command's events included. */
    public long position() throws SQLException {
        return appended == null ? store.head(connection) : appended.lastPosition();
    }

    /** Appends all that was taken in; once in a turn, and last. */
    public void append() throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        if (appended != null) {
            throw new IllegalStateException("A command appends once, so that it is seen whole or not at all.");
        }
        Kind kind = open();
        insertKeys();
        Map<String, Long> expected = new HashMap<>();
        List<NewEvent> events = new ArrayList<>();
        for (Fact fact : facts) {
            String stream = fact.event().streamId();
            expected.put(stream, versions.getOrDefault(stream, 0L));
            events.add(storedFacts.write(new RecordedFact(fact, commandId, kind.isSample()), ids.next()));
        }
        appended = store.append(connection, new Append(expected, events), now);
    }

    boolean hasAppended() {
        return appended != null;
    }

    private Kind open() throws SQLException {
        Optional<Kind> ledger = kindOfLedger();
        if (ledger.isPresent()) {
            return ledger.get();
        }
        try (PreparedStatement lock = connection.prepareStatement(OPENING)) {
            lock.execute();
        }
        ledger = kindOfLedger();
        Kind kind = asked == null ? Kind.REAL : asked;
        if (ledger.isPresent()) {
            expect(kind);
            return ledger.get();
        }
        // Known from when the first of it was: opening a ledger is not news.
        Instant knownAt =
                facts.stream().map(Fact::knownAt).min(Instant::compareTo).orElse(now);
        facts.addFirst(new Fact(new LedgerOpened(kind.isSample(), now), knownAt, List.of(), null));
        return kind;
    }

    private Optional<Kind> kindOfLedger() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPENED);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(Kind.of(rows.getBoolean(1))) : Optional.empty();
        }
    }

    private void insertKeys() throws SQLException {
        Map<UUID, @Nullable String> operations = new LinkedHashMap<>();
        Map<UUID, UUID> claims = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (fact.event() instanceof OperationEvent operation && operation.before() == null) {
                operations.put(operation.after().id(), operation.after().externalId());
            } else if (fact.event() instanceof ClaimEvent claim && claim.before() == null) {
                claims.put(claim.after().id(), claim.after().operationId());
            }
        }
        if (!operations.isEmpty()) {
            insert(NEW_OPERATIONS, "text", operations.keySet(), operations.values(), operations.size());
        }
        if (!claims.isEmpty()) {
            insert(NEW_CLAIMS, "uuid", claims.keySet(), claims.values(), claims.size());
        }
    }

    private void insert(String sql, String type, Set<UUID> keys, Collection<?> values, int expected)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
            statement.setArray(2, connection.createArrayOf(type, values.toArray()));
            int inserted = statement.executeUpdate();
            if (inserted != expected) {
                throw new ExternalIdTaken(
                        newExternalIds.keySet().stream().sorted().limit(5).collect(Collectors.joining(", ")));
            }
        }
    }
}
