package ledger287.reporting.changelog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps a query store in step with the change log. It is told of changes in order and knows nothing of where they come
 * from, so that a rebuild can feed it from elsewhere.
 */
public interface Projector {
    /**
     * @param transaction the caller's; it also records that these changes have been applied
     * @throws MalformedEventException when a change cannot be projected, now or ever
     * @throws SQLException as the database says; the caller tells a bad event from a bad day by its SQL state
     */
    void project(Connection transaction, List<Change> changes) throws SQLException;
}
