package ledger287.agreements.sheet;

import java.util.Locale;
import java.util.regex.Pattern;
import ledger287.agreements.sheet.DocumentLink.Status;
import ledger287.agreements.vocabulary.PlainText;
import org.jspecify.annotations.Nullable;

/** What the MOA and ADDENDUM columns say of documents. */
final class DocumentLinks {
    private static final Pattern BAR = Pattern.compile("\\|");

    /** The memorandum, and the addendum as far as the MOA column mentions one. */
    record Both(DocumentLink moa, DocumentLink addendum) {}

    private DocumentLinks() {}

    /** The MOA column, in which {@code link | addendum} speaks of both documents. */
    static Both moa(String column, RawCell cell, @Nullable String address, RowNotes notes) {
        String ofMoa = "";
        String ofAddendum = "";
        for (String part : BAR.split(CanonicalText.unknown(cell) ? "" : cell.text(), -1)) {
            if (PlainText.spaced(part).toLowerCase(Locale.ROOT).contains("addendum")) {
                ofAddendum = part;
            } else {
                ofMoa = part;
            }
        }
        boolean onlyAddendum = PlainText.spaced(ofMoa).isEmpty() && !ofAddendum.isEmpty();
        DocumentLink moa = read(column, cell, ofMoa, onlyAddendum ? null : address, notes);
        // A cell has one address; beside a memorandum it is the memorandum's.
        DocumentLink addendum = ofAddendum.isEmpty()
                ? DocumentLink.MISSING
                : pending(ofAddendum)
                        ? DocumentLink.PENDING
                        : new DocumentLink(Status.POSTED, onlyAddendum ? address : null);
        return new Both(moa, addendum);
    }

    /** The ADDENDUM column. */
    static DocumentLink addendum(String column, RawCell cell, @Nullable String address, RowNotes notes) {
        return read(column, cell, CanonicalText.unknown(cell) ? "" : cell.text(), address, notes);
    }

    private static DocumentLink read(
            String column, RawCell cell, String text, @Nullable String address, RowNotes notes) {
        if (pending(text)) {
            return DocumentLink.PENDING;
        }
        String inText = Addresses.in(text);
        String url = address != null ? address : inText;
        if (url != null) {
            return new DocumentLink(Status.POSTED, url);
        }
        if (!PlainText.spaced(text).isEmpty()) {
            notes.repaired(column, cell.text(), Status.MISSING.code(), "a link without an address");
        }
        return DocumentLink.MISSING;
    }

    private static boolean pending(String text) {
        String plain = PlainText.spaced(text).toLowerCase(Locale.ROOT);
        return plain.contains("pending") && !plain.contains("://");
    }
}
