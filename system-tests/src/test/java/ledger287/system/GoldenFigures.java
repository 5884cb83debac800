package ledger287.system;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was published of June 6, 2025 ("as of June 6, 2025, according to ICE", in a story of ProPublica and Arizona
 * Luminaria), and follows from ICE's two workbooks of that day.
 */
final class GoldenFigures {

    private static final Map<String, Integer> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("/agreements", 649);
        FIGURES.put("/agreements_before_since", 135);
        FIGURES.put("/new_agreements", 514);
        FIGURES.put("/states", 40);
        FIGURES.put("/new_states", 36);
        FIGURES.put("/agencies", 531);
        FIGURES.put("/by_model/task_force", 315);
        FIGURES.put("/agencies_by_model/task_force", 315);
        FIGURES.put("/by_model/warrant_service_officer", 232);
        FIGURES.put("/by_model/jail_enforcement", 102);
        FIGURES.put("/pending_applications", 79);
        FIGURES.put("/granted_still_listed", 1);
    }

    private GoldenFigures() {}

    /** Asks a ledger that knows no more than the workbooks of that day; or, with {@code as_of}, one that knows more. */
    static void check(Client client, String query, boolean sample) {
        JsonNode headline = client.headline(Client.SINCE + query);
        assertSoftly(softly -> {
            FIGURES.forEach((figure, value) ->
                    softly.assertThat(headline.at(figure).toString()).as(figure).isEqualTo(String.valueOf(value)));
            softly.assertThat(headline.path("complete").toString())
                    .as("complete")
                    .isEqualTo("true");
            softly.assertThat(headline.path("sample").toString()).as("sample").isEqualTo(String.valueOf(sample));
            softly.assertThat(client.headline(Client.SINCE + query + "&state=FL")
                            .path("agreements")
                            .toString())
                    .as("Florida")
                    .isEqualTo("277");
            softly.assertThat(client.headline(Client.SINCE + query + "&region=southeast")
                            .path("agreements")
                            .toString())
                    .as("Southeast")
                    .isEqualTo("406");
        });
    }
}
