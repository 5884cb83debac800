package ledger287.agreements.reconciliation;

import java.util.List;
import java.util.Map;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import org.jspecify.annotations.Nullable;

/**
 * What one workbook changes in the ledger.
 *
 * @param facts in log order: agencies before what refers to them; the {@code sheet-imported} event is last
 * @param account what became of every data row, in the sheet's order; none is missing
 * @param report the sheet's image as recorded, also in the last fact
 * @param unexplained rows of the ledger that vanished without explanation; more than 5 and more than 1 % brakes the import
 */
public record Reconciliation(List<Fact> facts, List<RowAccount> account, ImportedSheet report, int unexplained) {
    public Reconciliation {
        facts = List.copyOf(facts);
        account = List.copyOf(account);
    }

    /**
     * What became of one row.
     *
     * @param tab worksheet
     * @param row row number in the worksheet
     * @param outcome {@code matched}, {@code changed}, {@code new} or {@code under_review}
     * @param repaired whether a cell was repaired in a way that readers must be told of
     * @param became ids of the agreements or applications it stands for, by stream id
     * @param why in words
     * @param details further named values for the row's page, e.g. the tier; may be empty
     */
    public record RowAccount(
            String tab,
            int row,
            Outcome outcome,
            boolean repaired,
            List<String> became,
            String why,
            Map<String, String> details,
            @Nullable String doubt) {
        public RowAccount {
            became = List.copyOf(became);
        }
    }

    /** How a row was accounted for. */
    public enum Outcome {
        MATCHED("matched"),
        CHANGED("changed"),
        NEW("new"),
        UNDER_REVIEW("under_review");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }
}
