package ledger287.agreements.sheet;

import org.jspecify.annotations.Nullable;

/**
 * A file that is not taken in, and why. The message is a sentence for the person who sent it and says what to do.
 */
public final class SheetRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    SheetRejected(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SheetRejected(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, in a form that programs can rely on. */
    public Reason reason() {
        return reason;
    }

    /** The sentence for the sender. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The reasons; their codes are stable. */
    public enum Reason {
        /** Some other kind of file: a web page, an image, a document. */
        NOT_A_WORKBOOK("not-a-workbook", null),
        /** A workbook that was cut off or whose parts cannot be read. */
        DAMAGED_WORKBOOK("damaged-workbook", null),
        /** The binary format of before 2007, or a workbook behind a password. */
        OLD_OR_ENCRYPTED_WORKBOOK("old-or-encrypted-workbook", null),
        /** It unfolds into more than a workbook of ICE's could hold. */
        TOO_LARGE("workbook-too-large", null),
        /** A part declares a document type or uses entities, which no spreadsheet program writes. */
        DOCUMENT_TYPE("document-type", null),
        /** Text further to the right than any table of this kind goes. */
        TOO_MANY_COLUMNS("too-many-columns", null),
        /** No tab has a row of headers. */
        NO_TABLE("no-table", null),
        /** More than one visible tab holds a table of this kind. */
        SEVERAL_TABLES("several-tables", null),
        /** A column that the kind requires is not there. */
        MISSING_COLUMN("missing-column", null),
        /** Two columns bear the same known header. */
        DUPLICATE_COLUMN("duplicate-column", null),
        /** The table is the other kind's. */
        WRONG_KIND("wrong-kind", "kind"),
        /** Neither the file's name nor the sender says which of the two workbooks it is. */
        KIND_UNKNOWN("kind-unknown", "kind"),
        /** Neither the file's name nor the sender says when it was published. */
        PUBLICATION_UNKNOWN("publication-unknown", "published_at");

        private final String code;
        private final @Nullable String parameter;

        Reason(String code, @Nullable String parameter) {
            this.code = code;
            this.parameter = parameter;
        }

        /** The stable name, e.g. {@code missing-column}. */
        public String code() {
            return code;
        }

        /** The request parameter that would help, or null when only another file does. */
        public @Nullable String parameter() {
            return parameter;
        }
    }
}
