package ledger287.reporting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Fills the query stores with fictional agencies as the projection would have left them, by {@code large-ledger.sql} in
 * the server, and makes statistics as autovacuum would.
 *
 * @param agreements with about ten versions each
 * @param changes in the change log, at least those that the versions come from
 */
record LargeLedger(int agreements, int applications, int operations, int claims, int publications, int changes) {

    /** As an earlier answer is asked for: a third of the changes were recorded by then. */
    long earlier() {
        return changes / 3;
    }

    void fill(Connection connection) throws SQLException, IOException {
        try (InputStream script = LargeLedger.class.getResourceAsStream("large-ledger.sql");
                Statement statement = connection.createStatement()) {
            statement.execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)--.*$", "")
                    .replace(":agreements", Integer.toString(agreements))
                    .replace(":applications", Integer.toString(applications))
                    .replace(":operations", Integer.toString(operations))
                    .replace(":claims", Integer.toString(claims))
                    .replace(":publications", Integer.toString(publications))
                    .replace(":changes", Integer.toString(changes)));
            statement.execute("vacuum analyze");
        }
    }
}
