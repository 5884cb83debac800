package ledger287.reporting.query;

import java.sql.Connection;

/**
 * One look at the query stores, in one read-only transaction, so that all figures of an answer belong together.
 *
 * @param visible what the moment sees
 */
public record Reading(Connection connection, Visibility visible) {
    public Moment moment() {
        return visible.moment();
    }

    /** The same transaction's look at another moment, so that two moments can be compared. */
    public Reading at(Moment other) {
        return new Reading(connection, visible.at(other));
    }
}
