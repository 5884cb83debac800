package ledger287.operations.publication;

import static ledger287.service.publication.Json.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.function.Function;
import ledger287.eventstore.EventMapper;
import ledger287.eventstore.PublicRecord;
import ledger287.eventstore.StoredEvent;
import ledger287.operations.operation.Act;
import ledger287.operations.operation.Fact;
import ledger287.operations.operation.LedgerEvent;
import ledger287.operations.operation.LedgerEvent.ClaimEvent;
import ledger287.operations.operation.LedgerEvent.LedgerOpened;
import ledger287.operations.operation.LedgerEvent.OperationEvent;
import ledger287.service.publication.Envelope;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/** The public form of every event of this log, as {@code contracts/README.md} describes it. */
@Singleton
public final class CloudEvents implements EventMapper {
    private static final Envelope ENVELOPE = new Envelope("/ledger287/operations");

    private final StoredFacts storedFacts;

    public CloudEvents(StoredFacts storedFacts) {
        this.storedFacts = storedFacts;
    }

    @Override
    public PublicRecord map(StoredEvent event) {
        RecordedFact recorded = storedFacts.read(event);
        return ENVELOPE.seal(event, recorded.fact().knownAt(), recorded.commandId(), data(recorded));
    }

    private static ObjectNode data(RecordedFact recorded) {
        Fact fact = recorded.fact();
        ObjectNode json = image(fact.event());
        json.put("sample", recorded.sample());
        json.putNull("sheet_id");
        json.set("evidence", fact.grounds().isEmpty() ? null : evidence(fact));
        json.set("editor", Json.orNull(fact.act(), CloudEvents::editor));
        json.putNull("retracts");
        return json;
    }

    private static ObjectNode image(LedgerEvent event) {
        return switch (event) {
            case LedgerOpened opened -> {
                ObjectNode ledger = object();
                ledger.put("sample", opened.sample());
                ledger.put("opened_at", opened.openedAt().toString());
                ObjectNode json = object();
                json.set("ledger", ledger);
                json.putNull("before");
                yield json;
            }
            case OperationEvent operation -> images("operation", operation.after(), operation.before(), Images::write);
            case ClaimEvent claim -> images("claim", claim.after(), claim.before(), Images::write);
        };
    }

    private static <T> ObjectNode images(String name, T after, @Nullable T before, Function<T, ObjectNode> write) {
        ObjectNode json = object();
        json.set(name, write.apply(after));
        json.set("before", Json.orNull(before, write));
        return json;
    }

    /** That it was said is certain; whether it is true is the speaker's affair. */
    private static ObjectNode evidence(Fact fact) {
        ObjectNode json = object();
        json.put("tier", "editor");
        json.put("confidence", "certain");
        json.set("facts", Json.texts(fact.grounds()));
        return json;
    }

    private static ObjectNode editor(Act act) {
        ObjectNode json = object();
        json.put("by", act.by());
        json.put("reason", act.reason());
        json.put("source_url", act.sourceUrl());
        return json;
    }
}
