package ledger287.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events that a command service would publish, after {@code contracts/README.md}: whole images before and
 * after, positions without a gap, an append's end on each of its events. Agencies are fictional, ids follow from names.
 */
public final class TestLedger {
    private boolean sample;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> images = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final List<Event> append = new ArrayList<>();
    private final String log;
    private @Nullable ObjectNode editor;
    private @Nullable Integer row;
    private long position;

    /** The log of agreements. */
    public TestLedger() {
        this("agreements");
    }

    public TestLedger(String log) {
        this.log = log;
    }

    /** A public event, not yet published. */
    public record Event(long position, String subject, String json) {}

    /** Ends the append: its events, each knowing where it ends. */
    public List<Event> endAppend() {
        String end = "%020d".formatted(position);
        List<Event> events = append.stream()
                .map(event -> new Event(
                        event.position(), event.subject(), event.json().replace("@appendend@", end)))
                .toList();
        append.clear();
        return events;
    }

    public long position() {
        return position;
    }

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public TestLedger open(boolean sample, String at) {
        this.sample = sample;
        ObjectNode ledger = JSON.createObjectNode();
        ledger.put("sample", sample);
        ledger.put("opened_at", at);
        return add("ledger", "opened", "ledger", ledger, null, at);
    }

    /** Lists an agreement of an agency that is registered on the way. */
    public TestLedger sign(String agency, String state, String model, @Nullable String signedOn, String at) {
        register(agency, state, at);
        return agreement("signed", agency, model, at, listed(agency, state, model, signedOn, at));
    }

    /** Records an agreement of which a document says that it has ended, and that no workbook has listed. */
    public TestLedger document(String agency, String state, String model, String year, String at) {
        register(agency, state, at);
        return agreement(
                "signed",
                agency,
                model,
                at,
                listed(agency, state, model, year + "-01-01", at).andThen(image -> {
                    image.put("signed_precision", "year");
                    image.put("status", "ended");
                    image.put("listed", false);
                    image.putNull("first_listed_at");
                    ended(image, null, "unknown");
                }));
    }

    /** Says when an agreement ended. */
    public static void ended(ObjectNode agreement, @Nullable String on, String precision) {
        ObjectNode ended = agreement.putObject("ended");
        ended.put("on", on);
        ended.put("precision", precision);
        ended.putNull("not_before");
        ended.putNull("not_after");
        ended.put("by", "ice");
        ended.put("source_url", "https://news.example.org/ended");
    }

    private static Consumer<ObjectNode> listed(
            String agency, String state, String model, @Nullable String signedOn, String at) {
        return image -> {
            image.put("agreement_id", id(agency + model).toString());
            image.put("agency_id", id(agency).toString());
            image.put("agency_name", agency);
            image.put("state", state);
            image.putNull("county");
            image.put("agency_type", "county");
            image.put("support_type", model);
            image.put("signed_on", signedOn);
            image.put("signed_precision", signedOn == null ? "unknown" : "day");
            image.put("signed_repaired", false);
            document(image.putObject("moa"));
            document(image.putObject("addendum"));
            image.put("status", "listed");
            image.put("listed", true);
            image.put("provisional", false);
            image.putArray("possible_duplicate_of");
            image.put("first_listed_at", at);
            image.putNull("last_listed_at");
            image.putNull("first_absent_at");
            image.putNull("ended");
        };
    }

    /** Changes an agreement. */
    public TestLedger agreement(String what, String agency, String model, String at, Consumer<ObjectNode> change) {
        return change("agreement", what, id(agency + model), at, change);
    }

    public TestLedger unlist(String agency, String model, String lastListedAt, String at) {
        return agreement("unlisted", agency, model, at, image -> {
            image.put("status", "unlisted");
            image.put("listed", false);
            image.put("last_listed_at", lastListedAt);
            image.put("first_absent_at", at);
        });
    }

    public TestLedger register(String agency, String state, String at) {
        if (images.containsKey("agency-" + id(agency))) {
            return this;
        }
        return change("agency", "registered", id(agency), at, image -> {
            image.put("agency_id", id(agency).toString());
            image.put("name", agency);
            image.put("state", state);
            image.putNull("county");
            image.put("agency_type", "county");
            ObjectNode alias = image.putArray("aliases").addObject();
            alias.put("name", agency);
            alias.put("state", state);
            alias.put("first_seen_at", at);
            image.putNull("merged_into");
            image.putArray("related");
        });
    }

    public TestLedger file(String agency, String state, String model, String at) {
        register(agency, state, at);
        return change("application", "filed", id("application" + agency + model), at, image -> {
            image.put("application_id", id("application" + agency + model).toString());
            image.put("agency_id", id(agency).toString());
            image.put("agency_name", agency);
            image.put("state", state);
            image.putNull("county");
            image.put("agency_type", "county");
            image.put("support_type", model);
            image.put("status", "open");
            image.put("listed", true);
            image.putNull("agreement_id");
            image.putArray("possible_duplicate_of");
            image.put("first_listed_at", at);
            image.putNull("absent_before");
            image.putNull("last_listed_at");
            image.putNull("first_absent_at");
        });
    }

    /** The last event of an import. */
    public TestLedger imported(String kind, int listedAfter, String at) {
        return workbook("imported", kind, listedAfter, at, changes -> {});
    }

    /**
     * What became of a workbook, the last event of an append. The report of an import counts the append's changes.
     *
     * @param status also the event's name
     */
    public TestLedger workbook(String status, String kind, int listedAfter, String at, Consumer<ObjectNode> changes) {
        UUID id = id(kind + at);
        ObjectNode sheet = JSON.createObjectNode();
        sheet.put("sheet_id", id.toString());
        sheet.put("kind", kind);
        sheet.put("file_name", kind + "Agencies.xlsx");
        sheet.put("sha256", "0".repeat(64));
        sheet.put("published_at", at);
        sheet.put("published_label", at.substring(0, 10) + " am");
        sheet.put("status", status);
        ObjectNode rows = sheet.putObject("rows");
        for (String count : List.of("data", "blank", "hidden", "repaired", "under_review")) {
            rows.put(count, 0);
        }
        rows.put("data", listedAfter);
        ObjectNode counts = sheet.putObject("changes");
        if ("imported".equals(status)) {
            append.forEach(event -> count(event, counts));
        }
        changes.accept(counts);
        sheet.put("listed_after", listedAfter);
        sheet.putArray("differences");
        return add("sheet", status, "sheet-" + id, sheet, null, at);
    }

    /** Counts an event as the report of an import does. */
    private static void count(Event event, ObjectNode counts) {
        String[] type = event.json()
                .replaceAll(".*\"type\":\"org\\.ledger287\\.([a-z.-]+)\\.v1\".*", "$1")
                .replace('-', '_')
                .split("\\.", -1);
        String name =
                switch (type[0]) {
                    case "agreement" -> type[1];
                    case "application" ->
                        switch (type[1]) {
                            case "filed" -> "applied";
                            case "granted" -> "granted";
                            default -> "application_" + type[1];
                        };
                    default -> "";
                };
        if (!name.isEmpty()) {
            counts.put(name, counts.path(name).asInt() + 1);
        }
    }

    /** A row of a workbook shows what comes next, until another does or none. */
    public TestLedger row(@Nullable Integer number) {
        row = number;
        return this;
    }

    private JsonNode evidence() {
        if (row == null) {
            return JSON.nullNode();
        }
        ObjectNode evidence = JSON.createObjectNode();
        evidence.put("file_name", "participatingAgencies.xlsx");
        evidence.put("sha256", "0".repeat(64));
        evidence.put("tab", "Sheet1");
        evidence.put("row", row);
        evidence.put("hidden", false);
        evidence.putObject("raw").put("STATE", "FLORIDA").put("TYPE", "<b>County</b>");
        evidence.putObject("links");
        evidence.putArray("repairs");
        evidence.put("tier", "new");
        evidence.put("confidence", "certain");
        evidence.putArray("facts");
        evidence.putNull("last_seen");
        return evidence;
    }

    /** Changes anything. */
    public TestLedger change(String kind, String what, UUID id, String at, Consumer<ObjectNode> change) {
        String subject = kind + "-" + id;
        ObjectNode before = images.get(subject);
        ObjectNode after = before == null ? JSON.createObjectNode() : before.deepCopy();
        change.accept(after);
        return add(kind, what, subject, after, before, at);
    }

    /** An editor changes anything. */
    public TestLedger edit(String kind, String what, UUID id, String at, Consumer<ObjectNode> change) {
        editor = JSON.createObjectNode()
                .put("by", "editor")
                .put("reason", "The document says so.")
                .put("source_url", "https://documents.example.org/agreement.pdf");
        change(kind, what, id, at, change);
        editor = null;
        return this;
    }

    public @Nullable ObjectNode image(String subject) {
        return images.get(subject);
    }

    private TestLedger add(
            String kind, String what, String subject, ObjectNode image, @Nullable ObjectNode before, String at) {
        position++;
        ObjectNode event = JSON.createObjectNode();
        String type = "org.ledger287." + kind + "." + what + ".v1";
        event.put("specversion", "1.0");
        event.put("id", id(log + position + subject).toString());
        event.put("source", "/ledger287/" + log);
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", at);
        event.put("datacontenttype", "application/json");
        event.put("dataschema", "urn:ledger287:schema:" + type);
        event.put("recordedtime", "2026-01-01T00:00:00Z");
        event.put("sequence", "%020d".formatted(position));
        event.put("appendend", "@appendend@");
        event.put("streamversion", versions.merge(subject, 1, Integer::sum));
        event.put("causationid", id("command").toString());
        ObjectNode data = event.putObject("data");
        data.set(kind, image);
        data.set("before", before == null ? JSON.nullNode() : (JsonNode) before);
        data.put("sample", sample);
        data.putNull("sheet_id");
        data.set("evidence", evidence());
        data.set("editor", editor == null ? JSON.nullNode() : (JsonNode) editor);
        data.putNull("retracts");
        images.put(subject, image);
        append.add(new Event(position, subject, event.toString()));
        return this;
    }

    private static void document(ObjectNode document) {
        document.put("status", "missing");
        document.putNull("url");
    }
}
