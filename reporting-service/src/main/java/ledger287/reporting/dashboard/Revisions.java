package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether what a page that stands still shows is said otherwise now, of the same day: whoever quotes it should know. */
@Singleton
final class Revisions {
    private static final Map<String, String> MEASURES = measures();

    /** A warning for each revised figure; none for pages that are of now. */
    List<Frame.Notice> since(Visit visit) throws SQLException, IOException {
        JsonNode then = visit.headline();
        if (visit.parameter("position") == null || !then.path("as_of").isTextual()) {
            return List.of();
        }
        Words words = visit.words();
        JsonNode now = visit.api()
                .headline(Query.EMPTY.with("as_of", then.path("as_of").asText()).with("on", visit.parameter("on")));
        List<String> revised = new ArrayList<>();
        MEASURES.forEach((measure, name) -> {
            if (!then.path(measure).equals(now.path(measure))) {
                revised.add(words.of(
                        "{0}: {1} then, {2} now",
                        words.of(name), words.number(then.path(measure)), words.number(now.path(measure))));
            }
        });
        if (!then.path("by_model").equals(now.path("by_model")) && revised.isEmpty()) {
            revised.add(words.of("Agreements by model"));
        }
        Names names = new Names(visit);
        String arrestsThen = names.figure(then.path("operations").path("arrests"));
        String arrestsNow = names.figure(now.path("operations").path("arrests"));
        if (!arrestsThen.equals(arrestsNow)) {
            revised.add(words.of("{0}: {1} then, {2} now", words.of("Arrests claimed"), arrestsThen, arrestsNow));
        }
        if (revised.isEmpty()) {
            return List.of();
        }
        return List.of(new Frame.Notice(
                "warning",
                Rich.of(Span.strong(words.of("Revised since.")))
                        .and(" " + words.of("What is known now of the same day differs:") + " "
                                + String.join("; ", revised) + ". ")
                        .and(Span.plain(words.of("What was corrected")).to("/corrections"))));
    }

    private static Map<String, String> measures() {
        Map<String, String> measures = new LinkedHashMap<>();
        measures.put("agreements", "Agreements");
        measures.put("new_agreements", "New agreements");
        measures.put("agencies", "Agencies");
        measures.put("states", "States");
        measures.put("pending_applications", "Pending applications");
        measures.put("under_review", "Under review");
        measures.put("unlisted", "No longer listed");
        return measures;
    }
}
