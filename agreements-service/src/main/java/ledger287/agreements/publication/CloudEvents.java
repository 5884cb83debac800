package ledger287.agreements.publication;

import static ledger287.service.publication.Json.object;
import static ledger287.service.publication.Json.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.RosterEvent;
import ledger287.eventstore.EventMapper;
import ledger287.eventstore.PublicRecord;
import ledger287.eventstore.StoredEvent;
import ledger287.service.publication.Envelope;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/** The public form of every event of this log, as {@code contracts/README.md} describes it. */
@Singleton
public final class CloudEvents implements EventMapper {
    private static final Envelope ENVELOPE = new Envelope("/ledger287/agreements");

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
        json.put("sheet_id", text(sheetId(fact)));
        json.set("evidence", Json.orNull(fact.evidence(), EvidenceJson::write));
        json.set("editor", Json.orNull(fact.editor(), EditorJson::write));
        json.put("retracts", text(fact.retracts()));
        return json;
    }

    private static ObjectNode image(RosterEvent event) {
        return switch (event) {
            case RosterEvent.LedgerOpened opened -> {
                ObjectNode ledger = object();
                ledger.put("sample", opened.sample());
                ledger.put("opened_at", text(opened.openedAt()));
                ObjectNode json = object();
                json.set("ledger", ledger);
                json.putNull("before");
                yield json;
            }
            case RosterEvent.AgencyEvent agency -> images("agency", agency.after(), agency.before(), Images::write);
            case RosterEvent.AgreementEvent agreement ->
                images("agreement", agreement.after(), agreement.before(), Images::write);
            case RosterEvent.ApplicationEvent application ->
                images("application", application.after(), application.before(), Images::write);
            case RosterEvent.ReviewEvent review -> images("review", review.after(), review.before(), Images::write);
            case RosterEvent.SheetEvent sheet -> images("sheet", sheet.after(), sheet.before(), Images::write);
        };
    }

    private static <T> ObjectNode images(String name, T after, @Nullable T before, Function<T, ObjectNode> write) {
        ObjectNode json = object();
        json.set(name, write.apply(after));
        json.set("before", Json.orNull(before, write));
        return json;
    }

    /** The import that showed it: of a sheet's own events that sheet, else the one in the evidence, if any. */
    private static @Nullable UUID sheetId(Fact fact) {
        if (fact.event() instanceof RosterEvent.SheetEvent sheet) {
            return sheet.after().id();
        }
        Evidence evidence = fact.evidence();
        Evidence.Source source = evidence == null ? null : evidence.source();
        return source == null ? null : source.sheetId();
    }
}
