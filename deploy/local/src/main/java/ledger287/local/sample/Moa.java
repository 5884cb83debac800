package ledger287.local.sample;

import org.jspecify.annotations.Nullable;

/**
 * What a MOA cell holds.
 *
 * @param text as typed
 * @param address of the document, null when the cell leads nowhere
 * @param form where the address stands
 */
record Moa(String text, @Nullable String address, Form form) {
    /** Where a cell's address stands. */
    enum Form {
        HYPERLINK,
        /** A hyperlink inside another by mail protection, with the mail address of a person who does not exist. */
        PROTECTED,
        FORMULA,
        TEXT,
        NONE
    }

    static final Moa PENDING = new Moa("link pending ", null, Form.NONE);

    /** Both documents posted, and the address lost in typing; as ICE has it in three rows. */
    static final Moa WITH_ADDENDUM = new Moa("link\u00a0|\u00a0addendum", null, Form.NONE);

    static Moa posted(String address, Form form) {
        return new Moa(form == Form.TEXT ? address : "link", address, form);
    }

    boolean posted() {
        return address != null;
    }
}
