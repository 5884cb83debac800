package ledger287.reporting.query;

import ledger287.reporting.database.Sql;

/** Which rectangles of the version tables a moment sees: of each thing exactly the one that holds its point, or none. */
public final class Visibility {
    private final Moment moment;
    private final boolean atHead;
    private final boolean current;

    /** @param atHead whether the moment's cursor is the newest in the transaction that will ask */
    Visibility(Moment moment, boolean atHead) {
        this.moment = moment;
        this.atHead = atHead;
        this.current = atHead && moment.everythingKnown();
    }

    public Moment moment() {
        return moment;
    }

    /**
     * The condition on a version table.
     *
     * @param alias the table's in the query
     */
    public Sql of(String alias) {
        if (current) {
            // Says the same as below, and lets the planner use the small index of what is current.
            return new Sql("%1$s.to_sequence = 9223372036854775807 and %1$s.known_to = 'infinity'".formatted(alias));
        }
        if (atHead) {
            return open(alias)
                    .add(
                            " and %1$s.known_from <= ? and %1$s.known_to > ?".formatted(alias),
                            moment.knownBy(),
                            moment.knownBy());
        }
        return new Sql(
                "%1$s.from_sequence <= ? and %1$s.to_sequence > ? and %1$s.known_from <= ? and %1$s.known_to > ?"
                        .formatted(alias),
                moment.cursor().sequence(),
                moment.cursor().sequence(),
                moment.knownBy(),
                moment.knownBy());
    }

    /**
     * The condition on a version table that selects all stretches of knowledge which begin by the moment: what a reader
     * saw at each earlier time, as the change log tells it at the moment's cursor.
     *
     * @param alias the table's in the query
     */
    public Sql stretchesOf(String alias) {
        if (atHead) {
            return open(alias).add(" and %s.known_from <= ?".formatted(alias), moment.knownBy());
        }
        return new Sql(
                "%1$s.from_sequence <= ? and %1$s.to_sequence > ? and %1$s.known_from <= ?".formatted(alias),
                moment.cursor().sequence(),
                moment.cursor().sequence(),
                moment.knownBy());
    }

    private static Sql open(String alias) {
        return new Sql("%s.to_sequence = 9223372036854775807".formatted(alias));
    }

    /** What another moment sees, in the same transaction. */
    Visibility at(Moment other) {
        return new Visibility(other, atHead && other.cursor().equals(moment.cursor()));
    }
}
