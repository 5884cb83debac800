package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.agreements.vocabulary.PlainText;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/**
 * The row of headers.
 *
 * @param row its number, from 1
 * @param columns known columns to their place, from 0
 * @param titles header texts by place, unique, so that raw cells can be kept by them; empty where there is none
 * @param repeated known headers that stand there more than once
 */
record Header(int row, Map<Column, Integer> columns, List<String> titles, Set<Column> repeated) {
    /** A row with this many known headers is meant as a row of headers, complete or not. */
    private static final int ENOUGH = 3;

    /** Reads a row as a row of headers; null when it is none. */
    static @Nullable Header in(RawRow row) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        List<String> titles = new ArrayList<>();
        Set<Column> repeated = EnumSet.noneOf(Column.class);
        Set<String> taken = new HashSet<>();
        for (int place = 0; place < row.width(); place++) {
            if (!row.has(place)) {
                titles.add("");
                continue;
            }
            String title = PlainText.spaced(row.cell(place).text());
            Column column = Column.named(title);
            if (column != null && columns.putIfAbsent(column, place) != null) {
                repeated.add(column);
            }
            titles.add(taken.add(title) ? title : title + " (" + letters(place) + ")");
        }
        return columns.size() < ENOUGH ? null : new Header(row.number(), columns, titles, repeated);
    }

    /** The text under which a cell's raw content is kept. */
    String title(int place) {
        return hasTitle(place) ? titles.get(place) : "column " + letters(place);
    }

    boolean hasTitle(int place) {
        return place < titles.size() && !titles.get(place).isEmpty();
    }

    String title(Column column) {
        Integer place = columns.get(column);
        return place == null ? column.header() : title(place);
    }

    List<Column> missing(SheetKind kind) {
        List<Column> missing = new ArrayList<>(Column.required(kind));
        missing.removeAll(columns.keySet());
        return missing;
    }

    List<String> unknownTitles() {
        List<String> unknown = new ArrayList<>();
        for (int place = 0; place < titles.size(); place++) {
            if (hasTitle(place) && !columns.containsValue(place)) {
                unknown.add(titles.get(place));
            }
        }
        return unknown;
    }

    /** Whether a row below repeats the headers, as some programs do at each page. */
    boolean repeatedBy(RawRow row) {
        for (Map.Entry<Column, Integer> known : columns.entrySet()) {
            if (!known.getKey().isNamed(row.cell(known.getValue()).text())) {
                return false;
            }
        }
        return true;
    }

    private static String letters(int place) {
        String letter = String.valueOf((char) ('A' + place % 26));
        return place < 26 ? letter : letters(place / 26 - 1) + letter;
    }
}
