package ledger287.agreements.roster;

/** How sure a match is. */
public enum Confidence {
    /** Could not be otherwise. */
    CERTAIN("certain"),
    /** Several independent facts. */
    STRONG("strong"),
    PROBABLE("probable"),
    /** Not enough to act on without a person. */
    WEAK("weak");

    private final String code;

    Confidence(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
