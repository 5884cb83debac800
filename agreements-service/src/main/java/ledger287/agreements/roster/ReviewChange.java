package ledger287.agreements.roster;

/** What can happen to a review. */
public enum ReviewChange {
    OPENED("opened"),
    DECIDED("decided"),
    /** A later decision takes an earlier one back. */
    REVERSED("reversed"),
    /** Later workbooks settled it without a person. */
    CLOSED("closed");

    private final String code;

    ReviewChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
