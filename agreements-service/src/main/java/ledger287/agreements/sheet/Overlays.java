package ledger287.agreements.sheet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hyperlinks and merged ranges of a tab. Asked for rows in ascending order, so that only ranges in reach are looked at. */
final class Overlays {
    private final Map<Long, String> links;
    private final Sweep<RangeLink> ranges;
    private final Sweep<CellReference> merged;
    private final boolean anyMerged;

    Overlays(Map<Long, String> links, List<RangeLink> ranges, List<CellReference> merged) {
        this.links = links;
        this.ranges = new Sweep<>(ranges, RangeLink::cells);
        this.anyMerged = !merged.isEmpty();
        this.merged = new Sweep<>(merged, cells -> cells);
    }

    /** A hyperlink over several cells. */
    record RangeLink(CellReference cells, String address) {}

    static long key(int row, int column) {
        return (long) row << 20 | column;
    }

    /** The address behind a cell, or null. A link of the cell's own goes before one over a range. */
    @Nullable
    String link(int row, int column) {
        String own = links.isEmpty() ? null : links.get(key(row, column));
        if (own != null) {
            return own;
        }
        RangeLink range = ranges.covering(row, column);
        return range == null ? null : range.address();
    }

    /** Whether there is any merged range at all. */
    boolean anyMerged() {
        return anyMerged;
    }

    /** The merged range that shows one cell's text in this one as well, or null. */
    @Nullable
    CellReference merged(int row, int column) {
        return merged.covering(row, column);
    }

    /** Ranges by first row; those that a row has reached and not yet passed are in reach. */
    private static final class Sweep<T> {
        private final java.util.function.Function<T, CellReference> cells;
        private final Deque<T> ahead;
        private final List<T> inReach = new ArrayList<>();
        private int row;

        Sweep(List<T> ranges, java.util.function.Function<T, CellReference> cells) {
            this.cells = cells;
            List<T> sorted = new ArrayList<>(ranges);
            sorted.sort(Comparator.comparingInt(range -> cells.apply(range).firstRow()));
            this.ahead = new ArrayDeque<>(sorted);
        }

        @Nullable
        T covering(int atRow, int column) {
            moveTo(atRow);
            for (T range : inReach) {
                CellReference reach = cells.apply(range);
                if (reach.firstColumn() <= column && column <= reach.lastColumn()) {
                    return range;
                }
            }
            return null;
        }

        private void moveTo(int atRow) {
            if (atRow == row) {
                return;
            }
            row = atRow;
            inReach.removeIf(range -> cells.apply(range).lastRow() < atRow);
            while (!ahead.isEmpty() && cells.apply(ahead.element()).firstRow() <= atRow) {
                T range = ahead.remove();
                if (cells.apply(range).lastRow() >= atRow) {
                    inReach.add(range);
                }
            }
        }
    }
}
