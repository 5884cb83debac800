package ledger287.agreements.roster;

/** What can happen to an agency. */
public enum AgencyChange {
    REGISTERED("registered"),
    /** The same body under another name. */
    RENAMED("renamed"),
    /** Known under one more name. */
    ALIAS_ADDED("alias-added"),
    /** Its row was relabelled as another body; both stay, linked. */
    LINKED("linked"),
    /** An editor says that two are one. */
    MERGED("merged"),
    CORRECTED("corrected");

    private final String code;

    AgencyChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
