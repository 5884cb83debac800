package ledger287.operations.publication;

import static ledger287.service.publication.Json.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import ledger287.eventstore.NewEvent;
import ledger287.eventstore.StoredEvent;
import ledger287.operations.operation.Act;
import ledger287.operations.operation.ClaimChange;
import ledger287.operations.operation.Fact;
import ledger287.operations.operation.LedgerEvent;
import ledger287.operations.operation.LedgerEvent.ClaimEvent;
import ledger287.operations.operation.LedgerEvent.LedgerOpened;
import ledger287.operations.operation.LedgerEvent.OperationEvent;
import ledger287.operations.operation.OperationChange;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;
import ledger287.service.publication.Upcasters;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the log. {@code data} holds what happened: the images before and after. {@code metadata} holds when it could
 * be known, who recorded it, why we say so, and which command it was.
 */
@Singleton
public final class StoredFacts {
    private final Upcasters upcasters;

    public StoredFacts(Upcasters upcasters) {
        this.upcasters = upcasters;
    }

    /** The event to append. */
    public NewEvent write(RecordedFact recorded, UUID eventId) {
        LedgerEvent event = recorded.fact().event();
        return new NewEvent(
                eventId,
                event.streamId(),
                event.type(),
                upcasters.newestVersion(event.type()),
                Json.write(data(event)),
                Json.write(metadata(recorded)));
    }

    /** The fact of a stored event of any version. */
    public RecordedFact read(StoredEvent stored) {
        try {
            ObjectNode data = (ObjectNode) Json.parse(stored.data());
            ObjectNode metadata = (ObjectNode) Json.parse(stored.metadata());
            upcasters.bringUp(stored.type(), stored.schemaVersion(), data, metadata);
            return recorded(event(stored.type(), new Fields(data)), new Fields(metadata), stored);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Event " + stored.position() + " (" + stored.type() + ") cannot be read: " + e.getMessage(), e);
        }
    }

    private static ObjectNode data(LedgerEvent event) {
        return switch (event) {
            case LedgerOpened opened -> {
                ObjectNode json = object();
                json.put("sample", opened.sample());
                json.put("opened_at", opened.openedAt().toString());
                yield json;
            }
            case OperationEvent operation -> images(operation.before(), operation.after(), Images::write);
            case ClaimEvent claim -> images(claim.before(), claim.after(), Images::write);
        };
    }

    private static <T> ObjectNode images(@Nullable T before, T after, Function<T, ObjectNode> write) {
        ObjectNode json = object();
        json.set("before", Json.orNull(before, write));
        json.set("after", write.apply(after));
        return json;
    }

    private static ObjectNode metadata(RecordedFact recorded) {
        Fact fact = recorded.fact();
        ObjectNode json = object();
        json.put("known_at", fact.knownAt().toString());
        json.put("command_id", recorded.commandId().toString());
        json.put("sample", recorded.sample());
        json.set("grounds", Json.texts(fact.grounds()));
        json.set("act", Json.orNull(fact.act(), StoredFacts::act));
        return json;
    }

    private static ObjectNode act(Act act) {
        ObjectNode json = object();
        json.put("by", act.by());
        json.put("reason", act.reason());
        json.put("source_url", act.sourceUrl());
        return json;
    }

    private static RecordedFact recorded(LedgerEvent event, Fields metadata, StoredEvent stored) {
        Fields act = metadata.objectOrNull("act");
        List<String> grounds = metadata.texts("grounds");
        return new RecordedFact(
                new Fact(
                        event,
                        metadata.instant("known_at"),
                        grounds,
                        act == null
                                ? null
                                : new Act(
                                        act.text("by"),
                                        stored.recordedAt(),
                                        act.text("reason"),
                                        act.textOrNull("source_url"))),
                metadata.id("command_id"),
                metadata.flag("sample"));
    }

    private static LedgerEvent event(String type, Fields data) {
        int dash = type.indexOf('-');
        String change = type.substring(dash + 1);
        return switch (type.substring(0, dash)) {
            case "ledger" -> new LedgerOpened(data.flag("sample"), data.instant("opened_at"));
            case "operation" ->
                new OperationEvent(
                        OperationChange.ofCode(change).orElseThrow(StoredFacts::unknown),
                        before(data, Images::operation),
                        Images.operation(data.object("after")));
            case "claim" ->
                new ClaimEvent(
                        ClaimChange.ofCode(change).orElseThrow(StoredFacts::unknown),
                        before(data, Images::claim),
                        Images.claim(data.object("after")));
            default -> throw unknown();
        };
    }

    private static <T> @Nullable T before(Fields data, Function<Fields, T> read) {
        Fields before = data.objectOrNull("before");
        return before == null ? null : read.apply(before);
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("unknown event type");
    }
}
