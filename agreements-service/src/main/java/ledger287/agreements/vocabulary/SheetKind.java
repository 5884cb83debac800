package ledger287.agreements.vocabulary;

/** Which of ICE's two workbooks. */
public enum SheetKind {
    /** Agreements in force according to ICE. */
    PARTICIPATING("participating"),
    /** Applications that ICE has not signed yet. */
    PENDING("pending");

    private final String code;

    SheetKind(String code) {
        this.code = code;
    }

    /** The name in the public contract. */
    public String code() {
        return code;
    }
}
