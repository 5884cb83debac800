package ledger287.agreements.sheet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one column's cells are read, remembered by what they hold: a column repeats a few texts a thousand times, and the
 * same text always reads the same, with the same repairs and doubts.
 *
 * @param <T> what a cell is read as
 */
final class Readings<T> {
    /** So many, and of such texts, that what is remembered stays small whatever a file holds. */
    private static final int REMEMBERED = 10_000;

    private static final int LONGEST = 200;

    private final String column;
    private final Rule<T> rule;
    private final Map<RawCell, Reading<T>> remembered = new HashMap<>();

    Readings(String column, Rule<T> rule) {
        this.column = column;
        this.rule = rule;
    }

    /** Reads a cell of the column of this title, null when it is unknown. */
    interface Rule<T> {
        @Nullable
        T read(String column, RawCell cell, RowNotes notes);
    }

    private record Reading<T>(@Nullable T value, List<Repair> repairs, List<String> doubts) {}

    @Nullable
    T read(RawCell cell, RowNotes notes) {
        Reading<T> reading = remembered.get(cell);
        if (reading == null) {
            RowNotes own = new RowNotes();
            reading = new Reading<>(rule.read(column, cell, own), own.repairs(), own.doubts());
            if (remembered.size() < REMEMBERED && cell.text().length() <= LONGEST) {
                remembered.put(cell, reading);
            }
        }
        notes.add(reading.repairs(), reading.doubts());
        return reading.value();
    }
}
