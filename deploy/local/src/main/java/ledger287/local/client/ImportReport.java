package ledger287.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What agreements-service answers to a workbook.
 *
 * @param position the ledger's position after it, such as {@code agreements:4711}; empty when there is none
 * @param line the report in one line
 */
public record ImportReport(String position, String line) {

    static ImportReport of(JsonNode report) {
        return new ImportReport(report.path("position").asText(""), line(report));
    }

    private static String line(JsonNode report) {
        if (report.path("held").asBoolean(false)) {
            return "HELD, nothing is published: too many rows vanished unexplained. An editor decides: POST /v1/sheets/%s/release or /rejection"
                    .formatted(report.path("sheet_id").asText());
        }
        if (report.path("already_imported").asBoolean(false)) {
            return "already imported, nothing changed";
        }
        JsonNode rows = report.path("rows");
        List<String> words = new ArrayList<>();
        words.add("%d rows".formatted(rows.path("data").asInt()));
        words.add("%d listed".formatted(report.path("listed_after").asInt()));
        report.path("changes").properties().forEach(change -> addCount(words, change.getValue(), change.getKey()));
        addCount(words, rows.path("repaired"), "repaired");
        addCount(words, rows.path("under_review"), "under review");
        int differences = report.path("differences").size();
        if (differences > 0) {
            words.add(
                    differences == 1
                            ? "1 difference in the report"
                            : "%d differences in the report".formatted(differences));
        }
        return String.join(", ", words);
    }

    private static void addCount(List<String> words, JsonNode count, String name) {
        if (count.asInt() > 0) {
            words.add("%d %s".formatted(count.asInt(), name.replace('_', ' ')));
        }
    }
}
