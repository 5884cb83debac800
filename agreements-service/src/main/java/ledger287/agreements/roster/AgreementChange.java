package ledger287.agreements.roster;

/** What can happen to an agreement. */
public enum AgreementChange {
    /** Listed for the first time. */
    SIGNED("signed"),
    RENAMED("renamed"),
    /** The row now names another body. */
    RELABELLED("relabelled"),
    DATE_CHANGED("date-changed"),
    STATE_CHANGED("state-changed"),
    /** County, kind of agency, MOA or addendum. */
    ATTRIBUTE_CHANGED("attribute-changed"),
    UNLISTED("unlisted"),
    RELISTED("relisted"),
    DUPLICATE_REMOVED("duplicate-removed"),
    RETURNED_TO_PENDING("returned-to-pending"),
    /** Its row vanished and we are not certain why; no departure is announced. */
    PUT_UNDER_REVIEW("put-under-review"),
    /** A person decided: no longer provisional. */
    CONFIRMED("confirmed"),
    /** By a document that an editor recorded. */
    ENDED("ended"),
    CORRECTED("corrected"),
    /** What we had announced is taken back. */
    RETRACTED("retracted");

    private final String code;

    AgreementChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
