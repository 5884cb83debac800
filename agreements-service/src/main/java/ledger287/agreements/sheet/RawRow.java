package ledger287.agreements.sheet;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of a worksheet with its cells that have text.
 *
 * @param number from 1
 * @param cells by column, from 0
 */
record RawRow(int number, boolean hidden, SortedMap<Integer, RawCell> cells) {
    static RawRow of(int number, boolean hidden) {
        return new RawRow(number, hidden, new TreeMap<>());
    }

    boolean blank() {
        return cells.isEmpty();
    }

    RawCell cell(int column) {
        RawCell cell = cells.get(column);
        return cell == null ? RawCell.EMPTY : cell;
    }
}
