package ledger287.reporting.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import ledger287.reporting.changelog.ChangeLog;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query stores, and nothing but reads: over connections of its own, so that readers, however many, leave the
 * projector's alone, and with a bound to the time that a statement may take.
 */
@Singleton
public final class QueryStore {
    private final javax.sql.DataSource database;
    private final Duration downloadStatement;
    private final ChangeLog changeLog;
    private final Cache<Cursor, Head> earlierHeads =
            Caffeine.newBuilder().maximumSize(1_000).build();

    QueryStore(
            @DataSource("reading") javax.sql.DataSource database,
            ChangeLog changeLog,
            @ConfigProperty(name = "ledger287.reporting.reading.download-statement") Duration downloadStatement) {
        this.database = database;
        this.changeLog = changeLog;
        this.downloadStatement = downloadStatement;
    }

    /** What is read in one transaction. */
    public interface Work<T> {
        T in(Reading reading) throws SQLException, IOException;
    }

    /** Reads at a moment. */
    public <T> T read(Moment moment, Work<T> work) throws SQLException, IOException {
        return read(moment, null, work);
    }

    /** Reads at a moment what may be long: its first rows may take their time, and each further batch of rows. */
    <T> T readAtLength(Moment moment, Work<T> work) throws SQLException, IOException {
        return read(moment, downloadStatement, work);
    }

    private <T> T read(Moment moment, @Nullable Duration statement, Work<T> work) throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (Statement set = connection.createStatement()) {
                    set.execute("set transaction isolation level repeatable read read only");
                    if (statement != null) {
                        set.execute("set local statement_timeout = " + statement.toMillis());
                        // Between two batches the reader reads, at whatever pace: that is watched where it is written.
                        set.execute("set local idle_in_transaction_session_timeout = 0");
                    }
                }
                boolean atHead = newest(connection) == moment.cursor().sequence();
                return work.in(new Reading(connection, new Visibility(moment, atHead)));
            } finally {
                connection.rollback();
            }
        }
    }

    /** The head as it was at an earlier cursor of this epoch; empty when the change log is not that long. */
    Optional<Head> headAt(Cursor cursor) throws SQLException {
        Head known = earlierHeads.getIfPresent(cursor);
        if (known != null) {
            return Optional.of(known);
        }
        try (Connection connection = database.getConnection()) {
            Optional<Head> head = changeLog.headAt(connection, cursor.epoch(), cursor.sequence());
            head.ifPresent(found -> earlierHeads.put(cursor, found));
            return head;
        }
    }

    private static long newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select sequence from change_head");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
