package ledger287.eventstore;

import static ledger287.eventstore.Facts.append;
import static ledger287.eventstore.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import ledger287.local.SharedServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every query over a table that grows goes through an index, as the planner itself chooses on a log of some size. */
class QueryPlanTest {

    private static TestDatabase database;

    @BeforeAll
    static void aLogOfSomeSize() throws SQLException {
        database = TestDatabase.emptied(SharedServers.postgres());
        try (Connection connection = database.connect();
                Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            List<NewEvent> events = IntStream.range(0, 2_000)
                    .mapToObj(stream -> facts("stream-" + stream, 5))
                    .flatMap(List::stream)
                    .toList();
            new EventStore().append(connection, append(events), Instant.EPOCH);
            statement.execute("analyze");
        }
    }

    @Test
    void aStreamIsReadByItsIndex() throws SQLException {
        assertThat(plan(EventStore.READ_STREAM, "stream-7", 2L, 100)).contains("event_stream_id_version_key");
    }

    @Test
    void theLogIsReadByPosition() throws SQLException {
        assertThat(plan(EventStore.READ_FROM, 9_000L, 100))
                .contains("event_pkey")
                .doesNotContain("Seq Scan");
        assertThat(plan(EventStore.READ_BATCH, 9_000L, 100, 1_000_000L))
                .contains("event_pkey")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aStreamsVersionIsLookedUpByItsKey() throws SQLException {
        assertThat(plan(EventStore.STREAM_VERSION, "stream-7")).contains("stream_pkey");
    }

    private static String plan(String query, Object... parameters) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("explain " + query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
