package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/**
 * The figures about operations in the story of June 2025 (domain, section 2), which a ledger of real data has from
 * {@code deploy/documented} and the sample from fiction.
 */
final class GoldenOperations {

    private GoldenOperations() {}

    /** Checks them all and returns the operation in Tennessee. */
    static JsonNode check(Client client) {
        JsonNode operations = client.headline("").path("operations");
        assertThat(operations.path("count").asInt()).isEqualTo(2);
        assertThat(operations.path("arrests").path("text").asText()).isEqualTo("at least 1,497");
        assertThat(operations.path("arrests").path("low").asInt()).isEqualTo(1497);
        assertThat(operations.path("arrests").path("high").isNull()).isTrue();
        assertThat(operations.path("left_out")).isEmpty();
        assertThat(operations.path("attributed_arrests").path("text").asText()).isEqualTo("not known");
        assertThat(operations
                        .path("attributed_arrests")
                        .path("source")
                        .path("source_url")
                        .isTextual())
                .isTrue();

        JsonNode stops = only(client, "TN");
        assertFigure(stops, "arrests", "196", 196, 196);
        assertFigure(stops, "convicted_or_pending", "95", 95, 95);
        assertFigure(stops, "reentry_after_removal", "31", 31, 31);
        assertThat(figure(stops, "no_criminal_record").path("text").asText()).isEqualTo("a majority of 196");
        assertThat(figure(stops, "no_criminal_record").path("low").asInt()).isEqualTo(99);
        assertThat(figure(stops, "convicted").isMissingNode()).isTrue();
        assertThat(figure(stops, "pending_charges").isMissingNode()).isTrue();

        JsonNode statewide = only(client, "FL");
        assertThat(figure(statewide, "arrests").path("text").asText()).isEqualTo("more than 1,300");
        assertThat(figure(statewide, "arrests").path("high").isNull()).isTrue();
        assertThat(figure(statewide, "partner_agencies").path("text").asText()).isEqualTo("about 20");
        assertThat(figure(statewide, "partner_agencies").path("low").isNull()).isTrue();
        return stops;
    }

    /** The partner signed in the very month of the operation, whose days nobody told. */
    static void checkPartner(JsonNode stops) {
        JsonNode held = stops.path("partners").path(0).path("task_force_agreement");
        assertThat(held.path("held").asText()).isEqualTo("not_determinable");
        assertThat(held.path("signed_on").asText()).isEqualTo("2025-05-13");
    }

    static JsonNode figure(JsonNode operation, String metric) {
        return operation.path("figures").path(metric);
    }

    private static void assertFigure(JsonNode operation, String metric, String text, int low, int high) {
        JsonNode figure = figure(operation, metric);
        assertThat(figure.path("text").asText()).as(metric).isEqualTo(text);
        assertThat(figure.path("low").asInt()).as(metric).isEqualTo(low);
        assertThat(figure.path("high").asInt()).as(metric).isEqualTo(high);
    }

    private static JsonNode only(Client client, String state) {
        JsonNode list = client.read("/v1/operations?state=" + state);
        assertThat(StreamSupport.stream(list.path("items").spliterator(), false))
                .hasSize(1);
        return list.path("items").path(0);
    }
}
