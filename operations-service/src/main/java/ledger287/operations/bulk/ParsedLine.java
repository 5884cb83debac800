package ledger287.operations.bulk;

import ledger287.operations.recording.Recording;
import ledger287.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What a line says, or why it cannot be used. */
sealed interface ParsedLine {

    long number();

    /** @param sha256 of the line as it came */
    @SuppressWarnings("ArrayRecordComponent") // Compared by Arrays.equals where it is.
    record Good(long number, String lineId, byte[] sha256, Recording recording) implements ParsedLine {}

    /** @param lineId null when it could not even be found */
    record Bad(
            long number,
            @Nullable String lineId,
            String code,
            @Nullable String field,
            String reason) implements ParsedLine {

        static Bad of(long number, @Nullable String lineId, Problem problem) {
            String uri = problem.type();
            String code = problem.code() == null ? uri.substring(uri.lastIndexOf(':') + 1) : problem.code();
            String suggestion = problem.suggestion() == null ? "" : " Did you mean '" + problem.suggestion() + "'?";
            return new Bad(number, lineId, code, problem.parameter(), problem.detail() + suggestion);
        }
    }
}
