package ledger287.service.command;

import java.util.Arrays;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What a caller has seen, and wants to change only as long as it is still so. */
public final class IfMatch {

    private IfMatch() {}

    /**
     * @param header as sent, or null: then whatever is there is meant
     * @param tag of what is there, without quotes
     */
    public static void require(@Nullable String header, String tag) {
        if (header == null || header.strip().equals("*")) {
            return;
        }
        boolean matches =
                Arrays.stream(header.split(",")).anyMatch(seen -> seen.strip().equals('"' + tag + '"'));
        if (!matches) {
            throw Problem.of(ProblemType.STALE, "It is at version \"" + tag + "\" now. Read it again and decide again.")
                    .about("If-Match", null)
                    .asException();
        }
    }
}
