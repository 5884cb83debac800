package ledger287.operations.ledger;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.StoredEvent;
import ledger287.operations.operation.Claim;
import ledger287.operations.operation.Dossier;
import ledger287.operations.operation.LedgerEvent;
import ledger287.operations.operation.Operation;
import ledger287.operations.publication.StoredFacts;

/** Finds operations and claims in the log. Every event carries the whole image, so the newest one of each is enough. */
@Singleton
public final class Dossiers {
    /** In one order for all, so that two transactions cannot wait for each other. */
    private static final String LOCK = """
            select operation_id
            from operation_key
            where operation_id = any (?)
            order by operation_id
            for update
            """;

    private static final String CLAIMS = """
            select operation_id, claim_id
            from claim_key
            where operation_id = any (?)
            order by operation_id, ordinal
            """;

    private static final String BY_EXTERNAL_ID = """
            select external_id, operation_id
            from operation_key
            where external_id = any (?)
            """;

    private static final String OF_CLAIM = "select operation_id from claim_key where claim_id = ?";

    private static final String LIST = """
            select position, substr(stream_id, length('operation-') + 1)::uuid as operation_id
            from event
            where type = 'operation-recorded' and position > ?
            order by position
            limit ?
            """;

    private static final String COUNT = "select count(*) from event where type = 'operation-recorded'";

    private final EventStore store;
    private final StoredFacts storedFacts;

    Dossiers(EventStore store, StoredFacts storedFacts) {
        this.store = store;
        this.storedFacts = storedFacts;
    }

    /** Those of the operations that exist, by id. */
    public Map<UUID, Held> read(Connection connection, Collection<UUID> operationIds) throws SQLException {
        Map<UUID, List<UUID>> claims = new LinkedHashMap<>();
        List<String> streams = new ArrayList<>();
        for (UUID id : operationIds) {
            claims.put(id, new ArrayList<>());
            streams.add("operation-" + id);
        }
        try (PreparedStatement statement = connection.prepareStatement(CLAIMS)) {
            statement.setArray(1, uuids(connection, operationIds));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UUID claim = rows.getObject("claim_id", UUID.class);
                    claims.getOrDefault(rows.getObject("operation_id", UUID.class), new ArrayList<>())
                            .add(claim);
                    streams.add("claim-" + claim);
                }
            }
        }
        Map<UUID, Operation> operations = new HashMap<>();
        Map<UUID, Claim> images = new HashMap<>();
        Map<UUID, Long> versions = new HashMap<>();
        for (StoredEvent stored : store.readNewest(connection, streams)) {
            switch (storedFacts.read(stored).fact().event()) {
                case LedgerEvent.OperationEvent event -> {
                    operations.put(event.after().id(), event.after());
                    versions.put(event.after().id(), stored.version());
                }
                case LedgerEvent.ClaimEvent event -> {
                    images.put(event.after().id(), event.after());
                    versions.put(event.after().id(), stored.version());
                }
                case LedgerEvent.LedgerOpened opened -> throw new IllegalStateException("Not asked for");
            }
        }
        Map<UUID, Held> held = new LinkedHashMap<>();
        operations.forEach((id, operation) -> {
            Map<UUID, Long> claimVersions = new TreeMap<>();
            List<Claim> ofOperation = new ArrayList<>();
            for (UUID claim : claims.getOrDefault(id, List.of())) {
                ofOperation.add(found(images, claim));
                claimVersions.put(claim, found(versions, claim));
            }
            held.put(id, new Held(new Dossier(operation, ofOperation), found(versions, id), claimVersions));
        });
        return held;
    }

    /** As {@link #read}, and nobody else decides on any of them until the transaction ends. */
    Map<UUID, Held> hold(Connection transaction, Collection<UUID> operationIds) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(LOCK)) {
            statement.setArray(1, uuids(transaction, operationIds));
            statement.executeQuery().close();
        }
        return read(transaction, operationIds);
    }

    public Map<String, UUID> byExternalIds(Connection connection, Collection<String> externalIds) throws SQLException {
        Map<String, UUID> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(BY_EXTERNAL_ID)) {
            statement.setArray(1, connection.createArrayOf("text", externalIds.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString("external_id"), rows.getObject("operation_id", UUID.class));
                }
            }
        }
        return found;
    }

    public Optional<UUID> operationOf(Connection connection, UUID claimId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_CLAIM)) {
            statement.setObject(1, claimId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject("operation_id", UUID.class)) : Optional.empty();
            }
        }
    }

    /** Ids of operations by the position that recorded them, after a position, in that order. */
    public Map<Long, UUID> recordedAfter(Connection connection, long position, int limit) throws SQLException {
        Map<Long, UUID> operations = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setLong(1, position);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    operations.put(rows.getLong("position"), rows.getObject("operation_id", UUID.class));
                }
            }
        }
        return operations;
    }

    public int count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static <T> T found(Map<UUID, T> things, UUID id) {
        T thing = things.get(id);
        if (thing == null) {
            throw new IllegalStateException("The log has no event about " + id + ", which its keys name");
        }
        return thing;
    }

    private static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }
}
