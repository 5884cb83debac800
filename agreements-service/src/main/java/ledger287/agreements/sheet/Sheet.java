package ledger287.agreements.sheet;

import java.util.List;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * One workbook as published: every data row in the order of the file, hidden or not.
 *
 * @param kind which of the two workbooks
 * @param fileName the name it came under; may be empty, never trusted as identity
 * @param sha256 hex digest of the bytes; the identity of the file
 * @param publication when ICE published it
 * @param sample whether the workbook says of itself that it is generated sample data
 * @param rows the data rows; blank rows and the header are not among them
 * @param blankRows rows inside the used range without any text
 * @param unknownColumns header texts that no rule knows; kept in the raw cells
 * @param ignoredTabs tabs that hold no table of this kind
 */
public record Sheet(
        SheetKind kind,
        String fileName,
        String sha256,
        Publication publication,
        boolean sample,
        List<SheetRow> rows,
        int blankRows,
        List<String> unknownColumns,
        List<String> ignoredTabs) {

    public Sheet {
        rows = List.copyOf(rows);
        unknownColumns = List.copyOf(unknownColumns);
        ignoredTabs = List.copyOf(ignoredTabs);
    }

    /** How many data rows a filter had hidden in the file; they count like any other. */
    public int hiddenRows() {
        return (int) rows.stream().filter(SheetRow::hidden).count();
    }
}
