package ledger287.operations.ledger;

import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** A ledger holds generated sample data or real data, never both. */
public enum Kind {
    SAMPLE,
    REAL;

    /** What a caller says by {@code sample=true|false}; null when nothing is said: then whatever the ledger holds. */
    public static @Nullable Kind said(@Nullable String sample) {
        if (sample == null) {
            return null;
        }
        return switch (sample) {
            case "true" -> SAMPLE;
            case "false" -> REAL;
            default ->
                throw Problem.of(ProblemType.INVALID_PARAMETER, "'sample' is true or false.")
                        .about("sample", null)
                        .asException();
        };
    }

    public static Kind of(boolean sample) {
        return sample ? SAMPLE : REAL;
    }

    public boolean isSample() {
        return this == SAMPLE;
    }
}
