package ledger287.agreements.publication;

import static ledger287.service.publication.Json.object;
import static ledger287.service.publication.Json.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
import ledger287.agreements.roster.AgencyChange;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ReviewChange;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.roster.SheetChange;
import ledger287.eventstore.NewEvent;
import ledger287.eventstore.StoredEvent;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;
import ledger287.service.publication.Upcasters;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the log. {@code data} holds what happened: the images before and after. {@code metadata} holds when it could
 * be known, who decided it, why we say so, and which command recorded it.
 */
@Singleton
public final class StoredFacts {
    private final Upcasters upcasters;

    public StoredFacts(Upcasters upcasters) {
        this.upcasters = upcasters;
    }

    /** The event to append. */
    public NewEvent write(RecordedFact recorded, UUID eventId) {
        Fact fact = recorded.fact();
        String type = fact.event().type();
        return new NewEvent(
                eventId,
                fact.event().streamId(),
                type,
                upcasters.newestVersion(type),
                Json.write(data(fact.event())),
                Json.write(metadata(recorded)));
    }

    /** The fact of a stored event of any version. */
    public RecordedFact read(StoredEvent stored) {
        try {
            ObjectNode data = (ObjectNode) Json.parse(stored.data());
            ObjectNode metadata = (ObjectNode) Json.parse(stored.metadata());
            upcasters.bringUp(stored.type(), stored.schemaVersion(), data, metadata);
            return recorded(event(stored.type(), new Fields(data)), new Fields(metadata));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Event " + stored.position() + " (" + stored.type() + ") cannot be read: " + e.getMessage(), e);
        }
    }

    private static ObjectNode data(RosterEvent event) {
        return switch (event) {
            case RosterEvent.LedgerOpened opened -> {
                ObjectNode json = object();
                json.put("sample", opened.sample());
                json.put("opened_at", text(opened.openedAt()));
                yield json;
            }
            case RosterEvent.AgencyEvent agency -> images(agency.before(), agency.after(), Images::write);
            case RosterEvent.AgreementEvent agreement -> images(agreement.before(), agreement.after(), Images::write);
            case RosterEvent.ApplicationEvent application ->
                images(application.before(), application.after(), Images::write);
            case RosterEvent.ReviewEvent review -> images(review.before(), review.after(), Images::write);
            case RosterEvent.SheetEvent sheet -> images(sheet.before(), sheet.after(), Images::write);
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
        json.put("known_at", text(fact.knownAt()));
        json.put("command_id", text(recorded.commandId()));
        json.put("sample", recorded.sample());
        json.put("retracts", text(fact.retracts()));
        json.set("evidence", Json.orNull(fact.evidence(), EvidenceJson::write));
        json.set("editor", Json.orNull(fact.editor(), EditorJson::write));
        return json;
    }

    private static RecordedFact recorded(RosterEvent event, Fields metadata) {
        Fields evidence = metadata.objectOrNull("evidence");
        Fields editor = metadata.objectOrNull("editor");
        return new RecordedFact(
                new Fact(
                        event,
                        metadata.instant("known_at"),
                        evidence == null ? null : EvidenceJson.read(evidence),
                        editor == null ? null : EditorJson.read(editor),
                        metadata.idOrNull("retracts")),
                metadata.id("command_id"),
                metadata.flag("sample"));
    }

    private static RosterEvent event(String type, Fields data) {
        int dash = type.indexOf('-');
        String kind = type.substring(0, dash);
        String change = type.substring(dash + 1);
        return switch (kind) {
            case "ledger" -> new RosterEvent.LedgerOpened(data.flag("sample"), data.instant("opened_at"));
            case "agency" ->
                new RosterEvent.AgencyEvent(
                        change(change, AgencyChange.values(), AgencyChange::code),
                        before(data, Images::agency),
                        Images.agency(data.object("after")));
            case "agreement" ->
                new RosterEvent.AgreementEvent(
                        change(change, AgreementChange.values(), AgreementChange::code),
                        before(data, Images::agreement),
                        Images.agreement(data.object("after")));
            case "application" ->
                new RosterEvent.ApplicationEvent(
                        change(change, ApplicationChange.values(), ApplicationChange::code),
                        before(data, Images::application),
                        Images.application(data.object("after")));
            case "review" ->
                new RosterEvent.ReviewEvent(
                        change(change, ReviewChange.values(), ReviewChange::code),
                        before(data, Images::review),
                        Images.review(data.object("after")));
            case "sheet" ->
                new RosterEvent.SheetEvent(
                        change(change, SheetChange.values(), SheetChange::code),
                        before(data, Images::sheet),
                        Images.sheet(data.object("after")));
            default -> throw new IllegalArgumentException("unknown event type");
        };
    }

    private static <T> @Nullable T before(Fields data, Function<Fields, T> read) {
        Fields before = data.objectOrNull("before");
        return before == null ? null : read.apply(before);
    }

    private static <E> E change(String change, E[] changes, Function<E, String> code) {
        for (E candidate : changes) {
            if (code.apply(candidate).equals(change)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("unknown event type");
    }
}
