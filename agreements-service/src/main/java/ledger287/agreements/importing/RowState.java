package ledger287.agreements.importing;

import java.util.Arrays;
import java.util.List;
import ledger287.agreements.problems.Problem;
import ledger287.agreements.problems.ProblemType;
import ledger287.agreements.problems.Suggestion;
import org.jspecify.annotations.Nullable;

/** Which rows of a workbook are asked for. */
enum RowState {
    ALL("all", "true"),
    MATCHED("matched", "outcome = 'matched'"),
    CHANGED("changed", "outcome = 'changed'"),
    NEW("new", "outcome = 'new'"),
    UNDER_REVIEW("under_review", "outcome = 'under_review'"),
    HELD("held", "outcome = 'held'"),
    REPAIRED("repaired", "repaired"),
    HIDDEN("hidden", "hidden"),
    DOUBTFUL("doubtful", "doubt is not null");

    private final String code;
    private final String condition;

    RowState(String code, String condition) {
        this.code = code;
        this.condition = condition;
    }

    /** As SQL over {@code sheet_row}. */
    String condition() {
        return condition;
    }

    /** @param code null for all rows */
    static RowState of(@Nullable String code) {
        if (code == null) {
            return ALL;
        }
        for (RowState state : values()) {
            if (state.code.equals(code)) {
                return state;
            }
        }
        List<String> codes = Arrays.stream(values()).map(state -> state.code).toList();
        throw Problem.of(ProblemType.INVALID_PARAMETER, "'state' is one of " + String.join(", ", codes) + ".")
                .about("state", Suggestion.nearest(code, codes))
                .asException();
    }
}
