package ledger287.agreements.sheet;

import java.time.Instant;
import java.util.List;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a workbook but its rows.
 *
 * @param tab the worksheet that holds the table
 * @param modifiedAt when the file says it was last saved, null when it does not; orders a reissue
 * @param dataRows data rows read, hidden ones included
 * @param blankRows rows below the header without any text
 * @param unknownColumns header texts that no rule knows
 * @param ignoredTabs the other tabs
 * @param skipped rows with text that are not data rows
 */
public record SheetOutline(
        SheetKind kind,
        String fileName,
        String sha256,
        Publication publication,
        boolean sample,
        String tab,
        @Nullable Instant modifiedAt,
        int dataRows,
        int blankRows,
        List<String> unknownColumns,
        List<String> ignoredTabs,
        List<SkippedRow> skipped) {
    public SheetOutline {
        unknownColumns = List.copyOf(unknownColumns);
        ignoredTabs = List.copyOf(ignoredTabs);
        skipped = List.copyOf(skipped);
    }

    Sheet with(List<SheetRow> rows) {
        return new Sheet(kind, fileName, sha256, publication, sample, rows, blankRows, unknownColumns, ignoredTabs);
    }
}
