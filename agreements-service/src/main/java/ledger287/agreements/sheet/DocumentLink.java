package ledger287.agreements.sheet;

import org.jspecify.annotations.Nullable;

/**
 * What a MOA or ADDENDUM cell says of its document.
 *
 * @param url the unwrapped address when posted, else null
 */
public record DocumentLink(Status status, @Nullable String url) {
    /** Whether the document can be read. */
    public enum Status {
        POSTED("posted"),
        /** ICE says that the link is to come. */
        PENDING("pending"),
        MISSING("missing");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }

    public static final DocumentLink MISSING = new DocumentLink(Status.MISSING, null);
    public static final DocumentLink PENDING = new DocumentLink(Status.PENDING, null);
}
