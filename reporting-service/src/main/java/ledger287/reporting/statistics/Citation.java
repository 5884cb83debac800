package ledger287.reporting.statistics;

import java.time.LocalDate;
import ledger287.reporting.query.Question;

/** Words that lines to quote figures by have in common. */
final class Citation {
    private Citation() {}

    /** Ends a phrase about agreements: which ones. */
    static String which(Question question) {
        LocalDate on = question.moment().on();
        return on == null ? "listed by ICE" : "in force on " + on;
    }
}
