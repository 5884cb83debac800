package ledger287.local.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The ledger in a sentence, as reporting-service's headline has it.
 *
 * @param sentence for people to read
 */
public record Headline(String sentence) {

    static Headline of(JsonNode headline) {
        if (!headline.path("agreements").isNumber()) {
            return new Headline("The ledger is empty: import a workbook with ./ledger import FILE");
        }
        JsonNode models = headline.path("by_model");
        String agreements =
                "As of %s ICE lists %s agreements with %s agencies in %s states (%s task force, %s warrant service officer, %s jail enforcement)"
                        .formatted(
                                headline.path("as_of").asText(),
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
        String data = headline.path("sample").asBoolean(false)
                ? " This is sample data: the agencies are fictional."
                : " This is real data.";
        String complete =
                headline.path("complete").asBoolean(true) ? "" : " It is not complete; see /v1/statistics/headline.";
        return new Headline(agreements + ", " + rest + data + complete);
    }

    private static String count(JsonNode from, String name) {
        JsonNode value = from.path(name);
        return value.isNumber() ? "%,d".formatted(value.asLong()) : "an unknown number of";
    }
}
