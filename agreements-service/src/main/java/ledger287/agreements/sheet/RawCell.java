package ledger287.agreements.sheet;

import org.jspecify.annotations.Nullable;

/** A cell as stored, with its text as displayed; mail addresses are already gone from the text. */
sealed interface RawCell {
    String text();

    /**
     * Text.
     *
     * @param formulaLink the address that the cell's {@code HYPERLINK()} formula leads to, else null
     */
    record Text(String text, @Nullable String formulaLink) implements RawCell {
        /** The text's own, which a string remembers: cells are looked up by the million. */
        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** A number, which may be a day; {@code text} is how its style shows it. */
    record Numeric(String text, double value) implements RawCell {}

    /** An error such as {@code #N/A}. */
    record ErrorValue(String text) implements RawCell {}

    Text EMPTY = new Text("", null);
}
