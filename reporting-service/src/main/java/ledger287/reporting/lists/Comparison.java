package ledger287.reporting.lists;

import ledger287.reporting.query.Parameters;

/** What a column can be compared by. Values that are not known are selected by {@code __isnull} alone, and by no bound. */
enum Comparison {
    /** Any of the values; plain {@code column=value} where the list has no parameter of its own of that name. */
    IS(""),
    IN("in"),
    /** None of the values: what {@link #IN} leaves out, the unknown included. */
    NE("ne"),
    GT("gt"),
    GTE("gte"),
    LT("lt"),
    LTE("lte"),
    ISNULL("isnull");

    private final String suffix;

    Comparison(String suffix) {
        this.suffix = suffix;
    }

    /** The parameter by which a column is compared so. */
    String parameter(String column) {
        return suffix.isEmpty() ? column : column + Parameters.COMPARES + suffix;
    }

    /** As SQL has it. */
    String operator() {
        return switch (this) {
            case GT -> ">";
            case GTE -> ">=";
            case LT -> "<";
            case LTE -> "<=";
            case IS, IN, NE, ISNULL -> throw new IllegalStateException(this + " is no bound");
        };
    }
}
