package ledger287.agreements.sheet;

import java.util.Locale;
import java.util.Set;
import ledger287.agreements.vocabulary.PlainText;

/** Plain text of a cell, with the repairs that made it plain. */
final class CanonicalText {
    private static final Set<String> UNKNOWN = Set.of("", "#n/a", "#na", "n/a", "na", "-", "\u2013", "\u2014");

    private CanonicalText() {}

    static String of(String column, String typed, RowNotes notes) {
        String spaced = PlainText.spaced(typed);
        if (!spaced.equals(typed)) {
            notes.repaired(column, typed, spaced, "spacing");
        }
        String plain = PlainText.of(spaced);
        if (!plain.equals(spaced)) {
            notes.repaired(column, spaced, plain, "apostrophe");
        }
        return plain;
    }

    /** Whether a cell says that it does not know: empty, {@code #N/A} as error or as text, and its kin. */
    static boolean unknown(RawCell cell) {
        return cell instanceof RawCell.ErrorValue
                || UNKNOWN.contains(PlainText.spaced(cell.text()).toLowerCase(Locale.ROOT));
    }
}
