package ledger287.reporting.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger287.local.SharedServers;
import ledger287.reporting.changelog.ChangeLog;
import ledger287.reporting.ingest.SourceLog.Held;
import ledger287.reporting.ingest.SourceLog.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances at once. */
final class SourceLogTest {
    private static final String DATABASE =
            "source_log_" + UUID.randomUUID().toString().replace("-", "");
    private static final Instant KNOWN = Instant.parse("2025-06-06T13:00:00Z");

    private final SourceLog sourceLog = new SourceLog();

    @BeforeAll
    static void createTables() throws SQLException {
        SharedServers.postgres().createDatabase(DATABASE);
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table log (
                      name text primary key, position bigint not null default 0, topic_id text,
                      next_offset bigint not null default 0);
                    create table change_head (
                      sequence bigint not null, newest_known_at timestamptz, sample boolean, newest_recorded_at timestamptz);
                    insert into change_head (sequence) values (0)
                    """);
        }
    }

    @Test
    void whoWaitsForTheLogSeesWhereBothStandAfterwards() throws Exception {
        try (Connection first = begin();
                Connection second = begin();
                ExecutorService waiting = Executors.newSingleThreadExecutor()) {
            assertThat(sourceLog.lock(first, "operations"))
                    .isEqualTo(new Held(new Place(0, null, 0), new ChangeLog.End(0, null, null, null)));

            Future<Held> later = waiting.submit(() -> sourceLog.lock(second, "operations"));
            await().atMost(20, SECONDS).until(SourceLogTest::somebodyWaits);
            sourceLog.advance(first, "operations", new Place(7, "topic", 9));
            try (Statement statement = first.createStatement()) {
                statement.execute(
                        "update change_head set sequence = 12, sample = true, newest_known_at = '%s', newest_recorded_at = '%s'"
                                .formatted(KNOWN, KNOWN.plusSeconds(1)));
            }
            assertThat(later.isDone()).isFalse();
            first.commit();

            assertThat(later.get(20, SECONDS))
                    .isEqualTo(new Held(
                            new Place(7, "topic", 9), new ChangeLog.End(12, KNOWN, true, KNOWN.plusSeconds(1))));
            second.rollback();
        }
    }

    private static Connection begin() throws SQLException {
        Connection connection = SharedServers.postgres().connect(DATABASE);
        connection.setAutoCommit(false);
        return connection;
    }

    private static boolean somebodyWaits() throws SQLException {
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = '%s' and wait_event_type = 'Lock'"
                                .formatted(DATABASE))) {
            row.next();
            return row.getInt(1) == 1;
        }
    }
}
