package ledger287.agreements.vocabulary;

import java.util.Locale;

/**
 * An agency's name as far as identity goes: two names are the same name when they differ only in spacing, case and
 * apostrophes. Everything else ({@code City of}, {@code Ft.}, a missing letter) is evidence for the reconciler and
 * is never folded.
 *
 * @param text the folded name; not meant for readers
 */
public record FoldedName(String text) {
    /** Folds a name, cleaned or not. {@code Sheriff’s}, {@code SHERIFF'S} and {@code Sheriffs} fold alike. */
    public static FoldedName of(String name) {
        return new FoldedName(PlainText.of(name).replace("'", "").toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return text;
    }
}
