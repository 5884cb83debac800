package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.StoredEvent;
import ledger287.operations.ledger.Dossiers;
import ledger287.operations.ledger.Held;
import ledger287.operations.ledger.Ledger;
import ledger287.operations.publication.CloudEvents;
import ledger287.service.paging.Page;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/** Looks at the newest state. Readers of statistics ask reporting-service. */
@Singleton
final class Views {
    private final Ledger ledger;
    private final EventStore store;
    private final CloudEvents cloudEvents;

    Views(Ledger ledger, EventStore store, CloudEvents cloudEvents) {
        this.ledger = ledger;
        this.store = store;
        this.cloudEvents = cloudEvents;
    }

    JsonNode operations(@Nullable String externalId, @Nullable String limit, @Nullable String cursor)
            throws SQLException {
        int items = Page.limit(limit);
        long after = Page.after(cursor);
        return ledger.read((connection, dossiers) -> {
            if (externalId != null) {
                List<UUID> found = List.copyOf(
                        dossiers.byExternalIds(connection, List.of(externalId)).values());
                return page(answers(dossiers, connection, found), found.size(), null, store.head(connection));
            }
            Map<Long, UUID> ids = dossiers.recordedAfter(connection, after, items);
            Long last = ids.size() < items ? null : List.copyOf(ids.keySet()).getLast();
            return page(
                    answers(dossiers, connection, List.copyOf(ids.values())),
                    dossiers.count(connection),
                    last,
                    store.head(connection));
        });
    }

    ObjectNode operation(UUID id) throws SQLException {
        return ledger.read((connection, dossiers) -> Answers.of(held(dossiers, connection, id)));
    }

    ObjectNode claim(UUID id) throws SQLException {
        return ledger.read((connection, dossiers) ->
                Answers.of(held(dossiers, connection, operationOf(dossiers, connection, id)), id));
    }

    UUID operationOfClaim(UUID id) throws SQLException {
        return ledger.read((connection, dossiers) -> operationOf(dossiers, connection, id));
    }

    JsonNode historyOfOperation(UUID id, @Nullable String limit, @Nullable String cursor) throws SQLException {
        return ledger.read((connection, dossiers) -> {
            List<String> streams = new ArrayList<>(List.of("operation-" + id));
            held(dossiers, connection, id).dossier().claims().forEach(claim -> streams.add("claim-" + claim.id()));
            return history(connection, streams, limit, cursor);
        });
    }

    JsonNode historyOfClaim(UUID id, @Nullable String limit, @Nullable String cursor) throws SQLException {
        return ledger.read((connection, dossiers) -> {
            operationOf(dossiers, connection, id);
            return history(connection, List.of("claim-" + id), limit, cursor);
        });
    }

    private JsonNode history(
            Connection connection, List<String> streams, @Nullable String limit, @Nullable String cursor)
            throws SQLException {
        int items = Page.limit(limit);
        List<StoredEvent> events = store.readStreams(connection, streams, Page.after(cursor), items);
        ArrayNode published = Json.array();
        events.forEach(event -> published.add(Json.parse(cloudEvents.map(event).value())));
        int count = 0;
        for (StoredEvent newest : store.readNewest(connection, streams)) {
            count += (int) newest.version();
        }
        Long last = events.size() < items ? null : events.getLast().position();
        return page(published, count, last, store.head(connection));
    }

    private static ArrayNode answers(Dossiers dossiers, Connection connection, List<UUID> ids) throws SQLException {
        Map<UUID, Held> held = dossiers.read(connection, ids);
        ArrayNode items = Json.array();
        for (UUID id : ids) {
            Held operation = held.get(id);
            if (operation != null) {
                items.add(Answers.of(operation));
            }
        }
        return items;
    }

    private static Held held(Dossiers dossiers, Connection connection, UUID id) throws SQLException {
        Held held = dossiers.read(connection, List.of(id)).get(id);
        if (held == null) {
            throw Commands.notFound("operation", id);
        }
        return held;
    }

    private static UUID operationOf(Dossiers dossiers, Connection connection, UUID claimId) throws SQLException {
        return dossiers.operationOf(connection, claimId).orElseThrow(() -> Commands.notFound("claim", claimId));
    }

    private static ObjectNode page(ArrayNode items, int count, @Nullable Long lastPosition, long head) {
        ObjectNode page = Json.object();
        page.set("items", items);
        page.put("count", count);
        page.put("next_cursor", lastPosition == null ? null : Page.cursorAfter(lastPosition));
        page.put("feed_position", "operations:" + head);
        return page;
    }
}
