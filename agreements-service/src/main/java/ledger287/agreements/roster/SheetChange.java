package ledger287.agreements.roster;

/** What can become of a workbook. */
public enum SheetChange {
    IMPORTED("imported"),
    /** Too many rows vanished unexplained; waits for an editor. */
    HELD("held"),
    REJECTED("rejected"),
    /** Its events were compensated. */
    RETRACTED("retracted");

    private final String code;

    SheetChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }
}
