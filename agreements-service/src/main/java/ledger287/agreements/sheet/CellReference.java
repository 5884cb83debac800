package ledger287.agreements.sheet;

import ledger287.agreements.sheet.SheetRejected.Reason;

/**
 * A rectangle of cells, e.g. {@code G5} or {@code G5:G6}.
 *
 * @param firstRow from 1
 * @param firstColumn from 0
 */
record CellReference(int firstRow, int firstColumn, int lastRow, int lastColumn) {
    private static final int MOST_ROWS = 1_048_576;
    private static final int MOST_COLUMNS = 16_384;

    static CellReference of(String reference) {
        int colon = reference.indexOf(':');
        String first = colon < 0 ? reference : reference.substring(0, colon);
        String last = colon < 0 ? reference : reference.substring(colon + 1);
        int row = row(first);
        int column = column(first);
        return new CellReference(row, column, Math.max(row, row(last)), Math.max(column, column(last)));
    }

    /** Whether it is one cell. */
    boolean single() {
        return firstRow == lastRow && firstColumn == lastColumn;
    }

    /** The column of {@code G5}, from 0. */
    static int column(String cell) {
        int column = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                column = column * 26 + (c - 'A' + 1);
                if (column > MOST_COLUMNS) {
                    throw nonsense(cell);
                }
            } else if (c != '$') {
                break;
            }
        }
        if (column == 0) {
            throw nonsense(cell);
        }
        return column - 1;
    }

    private static int row(String cell) {
        int row = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                row = row * 10 + (c - '0');
                if (row > MOST_ROWS) {
                    throw nonsense(cell);
                }
            }
        }
        if (row == 0) {
            throw nonsense(cell);
        }
        return row;
    }

    private static SheetRejected nonsense(String cell) {
        return new SheetRejected(
                Reason.DAMAGED_WORKBOOK,
                "The workbook refers to a cell '%s', which cannot be. Download the file again."
                        .formatted(Addresses.scrub(cell.substring(0, Math.min(20, cell.length())))));
    }
}
