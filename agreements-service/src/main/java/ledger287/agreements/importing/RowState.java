package ledger287.agreements.importing;

import ledger287.agreements.request.Given;
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
        RowState state = Given.codeOrNull("state", code, values(), known -> known.code);
        return state == null ? ALL : state;
    }
}
