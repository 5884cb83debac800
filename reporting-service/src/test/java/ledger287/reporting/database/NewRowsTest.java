package ledger287.reporting.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ledger287.local.SharedServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many they are, and so by whichever way, rows arrive as they were given. */
final class NewRowsTest {
    private static final String DATABASE =
            "rows_" + UUID.randomUUID().toString().replace("-", "");
    private static final List<String> AWKWARD =
            List.of("", "\\N", "\\.", "a\tb\nc\r\\d", "'\"{},", "NULL", "Peña ✓ \uD83D\uDE00", "\u0001");

    @BeforeAll
    static void createTable() throws SQLException {
        SharedServers.postgres().createDatabase(DATABASE);
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table thing (
                      id bigint primary key, words text, list text[] not null, until timestamptz not null, image json not null,
                      uuid uuid not null)
                    """);
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("truncate thing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 100})
    void rowsArriveAsTheyWereGiven(int count) throws SQLException {
        NewRows rows = new NewRows();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String words = i % 9 == 8 ? null : AWKWARD.get(i % 9);
            String uuid = new UUID(287, i).toString();
            row(rows, i, words, uuid);
            expected.add(i + " " + words + " " + AWKWARD + " infinity {\"n\": \"a\\tb\"} " + uuid);
        }
        insert(rows);
        assertThat(stored()).isEqualTo(expected);
    }

    @Test
    void noRowsAreNoStatement() throws SQLException {
        try (Connection connection = SharedServers.postgres().connect(DATABASE)) {
            new NewRows().into(connection, "no_such_table (id)");
        }
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9})
    void whatTheDatabaseRefusesIsSaidInFewWordsAndBlamesTheData(int count) {
        String whole = "x".repeat(1_000_000);
        NewRows garbled = new NewRows();
        NewRows doubled = new NewRows();
        NewRows nul = new NewRows();
        for (int i = 0; i < count; i++) {
            garbled.cell(i)
                    .cell(whole)
                    .cell("{}")
                    .cell("infinity")
                    .cell("{\"n\": }")
                    .cell(new UUID(287, i));
            garbled.endRow();
            row(doubled, 0, whole, new UUID(287, i).toString());
            row(nul, i, "a\u0000b", new UUID(287, i).toString());
        }
        row(doubled, 0, whole, new UUID(287, 1_000).toString());
        refused(garbled, "22P02");
        refused(doubled, "23505");
        refused(nul, "22021");
    }

    private static void refused(NewRows rows, String state) {
        SQLException refusal = catchThrowableOfType(SQLException.class, () -> insert(rows));
        assertThat(refusal.getSQLState()).isEqualTo(state);
        assertThat(refusal.getMessage()).hasSizeLessThan(2_000);
    }

    private static void row(NewRows rows, long id, @Nullable String words, String uuid) {
        rows.cell(id)
                .cell(words)
                .cell(NewRows.array(AWKWARD))
                .cell("infinity")
                .cell("{\"n\": \"a\\tb\"}")
                .cell(uuid);
        rows.endRow();
    }

    private static void insert(NewRows rows) throws SQLException {
        try (Connection connection = SharedServers.postgres().connect(DATABASE)) {
            rows.into(connection, "thing (id, words, list, until, image, uuid)");
        }
    }

    private static List<String> stored() throws SQLException {
        List<String> stored = new ArrayList<>();
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id, words, list, until::text, image::text, uuid from thing order by id")) {
            while (row.next()) {
                stored.add(row.getLong(1) + " " + row.getString(2) + " "
                        + List.of((String[]) row.getArray(3).getArray()) + " " + row.getString(4) + " "
                        + row.getString(5) + " " + row.getString(6));
            }
        }
        return stored;
    }
}
