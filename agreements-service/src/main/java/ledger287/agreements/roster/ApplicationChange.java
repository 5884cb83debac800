package ledger287.agreements.roster;

/** What can happen to an application. */
public enum ApplicationChange {
    /** Listed for the first time. */
    FILED("filed"),
    /** An agreement answers it. */
    GRANTED("granted"),
    /** Left the pending workbook; its outcome is awaited. */
    UNLISTED("unlisted"),
    RELISTED("relisted"),
    RENAMED("renamed"),
    ATTRIBUTE_CHANGED("attribute-changed"),
    /** By a document that an editor recorded. */
    LAPSED("lapsed"),
    CORRECTED("corrected"),
    RETRACTED("retracted");

    private final String code;

    ApplicationChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
