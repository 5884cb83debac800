package ledger287.reporting.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A change in a few words, for lists of news. */
final class EntryWords {
    private EntryWords() {}

    /** E.g. {@code Agreement unlisted: Quillmarsh County Sheriff's Office, GA, task force}. */
    static String title(JsonNode event) {
        String[] type = event.path("type").asText().split("\\.", -1);
        String kind = type.length > 2 ? type[2] : "change";
        String what = type.length > 3 ? type[3].replace('-', ' ') : "told";
        String about = about(kind, event.path("data").path(kind));
        return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + what
                + (about.isEmpty() ? "" : ": " + about);
    }

    /** Why we say so. */
    static String summary(JsonNode event) {
        List<String> facts = new ArrayList<>();
        facts.add(title(event) + ".");
        event.path("data").path("evidence").path("facts").forEach(fact -> facts.add(fact.asText()));
        JsonNode reason = event.path("data").path("editor").path("reason");
        if (reason.isTextual()) {
            facts.add("An editor's act: " + reason.asText());
        }
        if (event.path("data").path("sample").asBoolean()) {
            facts.add("(Sample data, not real.)");
        }
        return String.join(" ", facts);
    }

    private static String about(String kind, JsonNode image) {
        return switch (kind) {
            case "agreement", "application" -> join(image, "agency_name", "state", "support_type");
            case "agency" -> join(image, "name", "state");
            case "operation" -> join(image, "name");
            case "claim" ->
                image.path("metric").asText().replace('_', ' ') + " "
                        + image.path("figure").path("text").asText();
            case "review" -> join(image, "question");
            case "sheet" -> join(image, "file_name");
            default -> "";
        };
    }

    private static String join(JsonNode image, String... fields) {
        List<String> words = new ArrayList<>();
        for (String field : fields) {
            if (image.path(field).isTextual()) {
                words.add(
                        field.equals("support_type")
                                ? image.path(field).asText().replace('_', ' ')
                                : image.path(field).asText());
            }
        }
        return String.join(", ", words);
    }
}
