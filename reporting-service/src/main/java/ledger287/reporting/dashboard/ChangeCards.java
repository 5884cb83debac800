package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns public events into what a reader sees of them: what, about whom, from what to what, and where it is written. */
final class ChangeCards {
    /** Fields that are told when they change, with their names for readers. */
    private static final Map<String, String> FIELDS = fields();

    private final Visit visit;
    private final Names names;

    ChangeCards(Visit visit) {
        this.visit = visit;
        this.names = new Names(visit);
    }

    List<ChangeCard> of(Iterable<JsonNode> events) {
        List<ChangeCard> cards = new ArrayList<>();
        events.forEach(event -> cards.add(of(event)));
        return cards;
    }

    ChangeCard of(JsonNode event) {
        Words words = visit.words();
        String kind = event.path("subject").asText().replaceFirst("-.*", "");
        JsonNode image = event.path("data").path(kind);
        return new ChangeCard(
                event.path("cursor").asText(),
                ChangeWords.tone(event),
                words.of(ChangeWords.verb(event)),
                subject(kind, image),
                words.time(event.path("time").asText()),
                event.path("time").asText(),
                changed(event.path("data").path("before"), image),
                receipt(event.path("data"), kind));
    }

    /** @param kind of thing, as events name it */
    Rich subject(String kind, JsonNode image) {
        Words words = visit.words();
        return switch (kind) {
            case "agreement" ->
                Rich.of(Span.foreign(image.path("agency_name").asText())
                                .to(visit.href("/agreements/"
                                        + image.path("agreement_id").asText())))
                        .and(", " + names.state(image.path("state")) + " · " + names.model(image.path("support_type"))
                                + " · "
                                + words.of(
                                        "signed: {0}",
                                        words.day(
                                                text(image, "signed_on"),
                                                image.path("signed_precision").asText("day"))));
            case "application" ->
                Rich.of(Span.foreign(image.path("agency_name").asText())
                                .to(visit.href("/applications/"
                                        + image.path("application_id").asText())))
                        .and(", " + names.state(image.path("state")) + " · " + names.model(image.path("support_type")));
            case "agency" ->
                Rich.of(Span.foreign(image.path("name").asText())
                                .to(visit.href(
                                        "/agencies/" + image.path("agency_id").asText())))
                        .and(", " + names.state(image.path("state")));
            case "operation" ->
                Rich.of(Span.quoted(image.path("name").asText())
                        .to(visit.href(
                                "/operations/" + image.path("operation_id").asText())));
            case "claim" ->
                Rich.of(Span.plain(names.metric(image.path("metric").asText()) + ": "
                                        + names.figure(image.path("figure")))
                                .to(visit.href("/operations/"
                                        + image.path("operation_id").asText())))
                        .and(" · ")
                        .and(Span.foreign(names.speaker(image.path("speaker"))));
            case "sheet" ->
                Rich.of(Span.plain(names.workbook(image.path("kind").asText()) + ", " + words.publication(image))
                        .to(visit.href("/imports/" + image.path("sheet_id").asText())));
            case "review" -> words.said(image.path("question").asText());
            case "ledger" -> Rich.of(words.of(image.path("sample").asBoolean() ? "Sample data" : "Real data"));
            default -> Rich.of(Span.foreign(kind));
        };
    }

    private List<ChangeCard.Changed> changed(JsonNode before, JsonNode after) {
        List<ChangeCard.Changed> changed = new ArrayList<>();
        if (!before.isObject()) {
            return changed;
        }
        for (Map.Entry<String, String> field : FIELDS.entrySet()) {
            String from = names.value(field.getKey(), before);
            String to = names.value(field.getKey(), after);
            if (!from.equals(to)) {
                changed.add(new ChangeCard.Changed(visit.words().of(field.getValue()), from, to));
            }
        }
        return changed;
    }

    /** The way to the paper: file, tab and row with the row's cells as they were; or the editor, the reason, the source. */
    List<Rich> receipt(JsonNode data, String kind) {
        Words words = visit.words();
        List<Rich> receipt = new ArrayList<>();
        JsonNode evidence = data.path("evidence");
        if (evidence.isObject() && evidence.path("file_name").isTextual()) {
            receipt.add(row(evidence, "Row {0} of {1}"));
            cells(evidence, receipt);
        }
        JsonNode lastSeen = evidence.path("last_seen");
        if (lastSeen.isObject() && lastSeen.path("file_name").isTextual()) {
            receipt.add(row(lastSeen, "Before: row {0} of {1}"));
            cells(lastSeen, receipt);
        }
        for (JsonNode fact : evidence.path("facts")) {
            receipt.add(words.said(fact.asText()));
        }
        if (evidence.path("confidence").isTextual()) {
            receipt.add(Rich.of(words.of(
                    "Confidence: {0}", words.of(evidence.path("confidence").asText()))));
        }
        JsonNode editor = data.path("editor");
        if (editor.isObject()) {
            receipt.add(words.rich(
                    "By an editor ({0}): {1}",
                    Span.foreign(editor.path("by").asText()),
                    Span.quoted(editor.path("reason").asText())));
            if (Names.safe(editor.path("source_url").asText()) != null) {
                receipt.add(Rich.of(Span.foreign(editor.path("source_url").asText())
                        .to(Names.safe(editor.path("source_url").asText()))));
            }
        }
        if ("claim".equals(kind)) {
            JsonNode claim = data.path("claim");
            if (claim.path("quotation").isTextual()) {
                receipt.add(Rich.of(Span.quoted("“" + claim.path("quotation").asText() + "”")));
            }
            if (Names.safe(claim.path("source_url").asText()) != null) {
                receipt.add(Rich.of(Span.foreign(claim.path("source_url").asText())
                        .to(Names.safe(claim.path("source_url").asText()))));
            }
        }
        return receipt;
    }

    private Rich row(JsonNode place, String english) {
        Words words = visit.words();
        Span file = Span.foreign(place.path("file_name").asText())
                .to(
                        place.path("sheet_id").isTextual()
                                ? visit.href(
                                        "/imports/" + place.path("sheet_id").asText())
                                : null);
        Rich text = place.path("row").isNumber()
                ? words.rich(english, Span.plain(words.number(place.path("row"))), file)
                : words.rich("Absent from {0}", file);
        if (place.path("tab").isTextual()) {
            text = text.and(", ")
                    .and(words.of("tab") + " ")
                    .and(Span.foreign(place.path("tab").asText()));
        }
        return place.path("sha256").isTextual()
                ? text.and(", SHA-256 ")
                        .and(Span.code(place.path("sha256")
                                        .asText()
                                        .substring(
                                                0,
                                                Math.min(
                                                        12,
                                                        place.path("sha256")
                                                                .asText()
                                                                .length()))
                                + "…"))
                : text;
    }

    private static void cells(JsonNode place, List<Rich> receipt) {
        if (place.path("raw").isObject()) {
            receipt.add(cells(place));
        }
    }

    /** A row's cells as they stood in the file, under their headers; empty when the evidence has none. */
    static Rich cells(JsonNode place) {
        Rich cells = new Rich(List.of());
        for (Map.Entry<String, JsonNode> cell : place.path("raw").properties()) {
            cells = cells.spans().isEmpty() ? cells : cells.and(" | ");
            cells = cells.and(Span.foreign(cell.getKey()))
                    .and(": ")
                    .and(Span.foreign(cell.getValue().asText()));
        }
        return cells;
    }

    private static @Nullable String text(JsonNode image, String field) {
        return image.path(field).isTextual() ? image.path(field).asText() : null;
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", "Name");
        fields.put("agency_name", "Name as listed");
        fields.put("state", "State");
        fields.put("county", "County");
        fields.put("agency_type", "Type of agency");
        fields.put("support_type", "Model");
        fields.put("signed_on", "Signed");
        fields.put("status", "Status");
        fields.put("moa/status", "Agreement's document");
        fields.put("moa/url", "Document's address");
        fields.put("addendum/status", "Addendum");
        fields.put("ended", "Ended");
        fields.put("figure/text", "Figure");
        fields.put("preferred", "Preferred");
        fields.put("merged_into", "Merged into");
        return fields;
    }
}
