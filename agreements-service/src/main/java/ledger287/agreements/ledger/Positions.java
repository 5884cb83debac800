package ledger287.agreements.ledger;

/** How positions of this service's log are written for its callers. */
public final class Positions {

    private Positions() {}

    /** E.g. {@code agreements:4711}. */
    public static String text(long position) {
        return "agreements:" + position;
    }
}
