package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a worksheet with its cells that show something. */
final class RawRow {
    private final int number;
    private final boolean hidden;
    private @Nullable RawCell[] cells;
    private int width;

    /**
     * @param number from 1
     * @param expectedWidth how many columns there will probably be
     */
    RawRow(int number, boolean hidden, int expectedWidth) {
        this.number = number;
        this.hidden = hidden;
        this.cells = new RawCell[expectedWidth];
    }

    void put(int place, RawCell cell) {
        if (place >= cells.length) {
            cells = Arrays.copyOf(cells, place + 1);
        }
        cells[place] = cell;
        width = Math.max(width, place + 1);
    }

    int number() {
        return number;
    }

    boolean hidden() {
        return hidden;
    }

    /** One more than the place of the last cell that shows something. */
    int width() {
        return width;
    }

    boolean blank() {
        return width == 0;
    }

    /** @param place the column, from 0 */
    boolean has(int place) {
        return place < width && cells[place] != null;
    }

    /** @param place the column, from 0 */
    RawCell cell(int place) {
        RawCell cell = place < width ? cells[place] : null;
        return cell == null ? RawCell.EMPTY : cell;
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int place = 0; place < width; place++) {
            if (has(place)) {
                texts.add(cell(place).text());
            }
        }
        return texts;
    }
}
