package ledger287.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The ledger in a sentence, as reporting-service's headline has it.
 *
 * @param sentence for people to read
 * @param sample whether what the ledger holds is fictional; empty while it holds nothing
 */
public record Headline(String sentence, Optional<Boolean> sample) {

    static Headline of(JsonNode headline) {
        Optional<Boolean> sample = headline.path("sample").isBoolean()
                ? Optional.of(headline.path("sample").asBoolean())
                : Optional.empty();
        if (!headline.path("agreements").isNumber()) {
            return new Headline("The ledger is empty: import a workbook with ./ledger import FILE", sample);
        }
        JsonNode models = headline.path("by_model");
        String agreements =
                "In its workbook of %s ICE lists %s agreements with %s agencies in %s states (%s task force, %s warrant service officer, %s jail enforcement)"
                        .formatted(
                                day(headline.path("latest_publication").path("participating")),
                                count(headline, "agreements"),
                                count(headline, "agencies"),
                                count(headline, "states"),
                                count(models, "task_force"),
                                count(models, "warrant_service_officer"),
                                count(models, "jail_enforcement"));
        String rest = "%s of them signed since %s; %s applications are pending."
                .formatted(
                        count(headline, "new_agreements"),
                        headline.path("since").asText(),
                        count(headline, "pending_applications"));
        JsonNode operations = headline.path("operations");
        String arrests = operations.path("count").asLong() == 0
                ? ""
                : " %s enforcement operations are on record, with %s arrests."
                        .formatted(
                                count(operations, "count"),
                                operations.path("arrests").path("text").asText());
        String data =
                sample.orElse(false) ? " This is sample data: the agencies are fictional." : " This is real data.";
        String complete =
                headline.path("complete").asBoolean(true) ? "" : " It is not complete; see /v1/statistics/headline.";
        return new Headline(agreements + ", " + rest + arrests + data + complete, sample);
    }

    /** The label is the day, and which of that day's workbooks. */
    private static String day(JsonNode publication) {
        String label = publication.path("published_label").asText();
        return label.substring(0, Math.min(10, label.length()));
    }

    private static String count(JsonNode from, String name) {
        JsonNode value = from.path(name);
        return value.isNumber() ? "%,d".formatted(value.asLong()) : "an unknown number of";
    }
}
