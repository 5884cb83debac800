package ledger287.reporting.reference;

/** What a reference file tells. */
public enum Kind {
    /** The Gazetteer's counties and equivalents, each with a point. */
    COUNTY_POINTS("county_points", "the Gazetteer file of counties (…_Gaz_counties_national.txt)"),
    /** Population estimates of counties and states. */
    COUNTY_POPULATION("county_population", "the population estimates of counties (co-est….csv)"),
    /** Population estimates of incorporated places. */
    PLACE_POPULATION("place_population", "the population estimates of incorporated places (sub-est….csv)");

    private final String code;
    private final String words;

    Kind(String code, String words) {
        this.code = code;
        this.words = words;
    }

    public String code() {
        return code;
    }

    /** What to ask an operator for. */
    public String words() {
        return words;
    }

    static Kind of(String code) {
        for (Kind kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        throw new IllegalStateException("The table of loads has a kind " + code);
    }
}
