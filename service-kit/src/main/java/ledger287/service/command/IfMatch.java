package ledger287.service.command;

import java.util.Arrays;
import java.util.List;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What a caller has seen, and wants to change only as long as it is still so. */
public final class IfMatch {

    private IfMatch() {}

    /** A version as it stands in {@code ETag} and {@code If-Match}. */
    public static String tag(String version) {
        return '"' + version + '"';
    }

    /**
     * @param header as sent, or null: then whatever is there is meant
     * @param version of what is there, without quotes
     */
    public static void require(@Nullable String header, String version) {
        if (header == null || header.strip().equals("*")) {
            return;
        }
        List<String> seen =
                Arrays.stream(header.split(",", -1)).map(String::strip).toList();
        if (!seen.stream().allMatch(tag -> tag.matches("(W/)?\"[^\"]*\""))) {
            throw Problem.of(
                            ProblemType.INVALID_PARAMETER,
                            "'If-Match' is the ETag as it was given, quotation marks included.")
                    .about("If-Match", null)
                    .asException();
        }
        if (!seen.contains(tag(version))) {
            throw Problem.of(
                            ProblemType.STALE,
                            "It is at version " + version + " now. Read it again, and decide on what it says.")
                    .about("If-Match", tag(version))
                    .asException();
        }
    }
}
