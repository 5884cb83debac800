package ledger287.agreements.editing;

import ledger287.agreements.problems.Given;
import ledger287.agreements.problems.Problem;
import ledger287.agreements.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/** The version of a thing as an entity tag: what a caller read, and wants to change only if it is still so. */
final class VersionTag {

    private VersionTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @param ifMatch as sent; null for a caller who does not mind what changed since */
    static void require(@Nullable String ifMatch, long version) {
        if (ifMatch == null || "*".equals(ifMatch.strip())) {
            return;
        }
        String given = ifMatch.strip();
        if (given.equals(of(version))) {
            return;
        }
        if (!given.matches("\"[0-9]+\"")) {
            throw Given.invalid("If-Match", "'If-Match' is the ETag as it was given, quotation marks included.", null);
        }
        throw Problem.of(
                        ProblemType.STALE,
                        "It is at version " + version + " now. Read it again, and decide on what it says.")
                .about("If-Match", of(version))
                .asException();
    }
}
