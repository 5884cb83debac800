package ledger287.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A long-held connection, and on it the lock of the one instance that publishes. Everything the leader reads comes
 * through this connection, so that a leader that has lost it reads nothing more, and publishes nothing more.
 */
final class Leadership implements AutoCloseable {

    /** How long the database may take to answer before the connection counts as lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * A leader behind a broken network cannot hang up; these make the server notice, and free the lock, within about ten
     * seconds instead of two hours.
     */
    private static final String NOTICE_A_LOST_LEADER = """
            set tcp_keepalives_idle = 4;
            set tcp_keepalives_interval = 2;
            set tcp_keepalives_count = 3
            """;

    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended('ledger287 publisher ' || ?, 0))";

    private static final String UNLOCK = "select pg_advisory_unlock(hashtextextended('ledger287 publisher ' || ?, 0))";

    private final Connection connection;
    private final String log;
    private final int networkTimeoutBefore;
    private boolean taken;

    private Leadership(Connection connection, String log, int networkTimeoutBefore) {
        this.connection = connection;
        this.log = log;
        this.networkTimeoutBefore = networkTimeoutBefore;
    }

    static Leadership connect(DataSource database, String log) throws SQLException {
        Connection connection = database.getConnection();
        try {
            int networkTimeoutBefore = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(NOTICE_A_LOST_LEADER);
            }
            return new Leadership(connection, log, networkTimeoutBefore);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** True when this connection holds the lock, from now or from before. */
    boolean take() throws SQLException {
        if (!taken) {
            taken = ask(LOCK);
        }
        return taken;
    }

    /** A pooled connection lives on after this: it must not carry the lock with it. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (taken) {
                ask(UNLOCK);
            }
            connection.setNetworkTimeout(Runnable::run, networkTimeoutBefore);
        } catch (SQLException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    private boolean ask(String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, log);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}
