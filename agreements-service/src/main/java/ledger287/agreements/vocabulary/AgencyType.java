package ledger287.agreements.vocabulary;

/** What kind of government an agency belongs to, as ICE's TYPE column says. */
public enum AgencyType {
    COUNTY("county"),
    MUNICIPALITY("municipality"),
    STATE_AGENCY("state_agency");

    private final String code;

    AgencyType(String code) {
        this.code = code;
    }

    /** The name in the public contract. */
    public String code() {
        return code;
    }
}
