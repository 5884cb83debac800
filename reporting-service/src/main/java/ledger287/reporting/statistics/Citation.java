package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import ledger287.reporting.query.Question;

/** A line to quote a figure by; its address gives the very same answer for ever. */
final class Citation {
    private Citation() {}

    /** @param what the figure in words, e.g. {@code 649 287(g) agreements listed by ICE} */
    static String of(Question question, JsonNode answer, String what) {
        String asOf = question.moment().asOf();
        return "%s%s, as of %s. ledger287%s, %s"
                .formatted(
                        answer.path("sample").asBoolean() ? "SAMPLE DATA, not real: " : "",
                        what,
                        asOf == null ? "now" : asOf,
                        answer.path("complete").asBoolean() ? "" : " (incomplete)",
                        question.permalink());
    }

    /** Ends a phrase about agreements: which ones. */
    static String which(Question question) {
        LocalDate on = question.moment().on();
        return on == null ? "listed by ICE" : "in force on " + on;
    }
}
