package ledger287.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalPostgresTest {

    @TempDir
    Path directory;

    @Test
    void committed_rows_survive_a_kill_and_a_restart_on_the_same_port() throws SQLException {
        try (var postgres = LocalPostgres.start(directory, 0)) {
            int port = postgres.port();
            postgres.createDatabase("kept");
            postgres.createDatabase("kept");
            try (var connection = postgres.connect("kept");
                    var statement = connection.createStatement()) {
                statement.execute("create table fact (id int)");
                statement.execute("insert into fact values (287)");
                postgres.kill();
            }
            assertThat(postgres.process().isAlive()).isFalse();

            postgres.restart();

            assertThat(postgres.port()).isEqualTo(port);
            assertThat(theFact(postgres)).isEqualTo(287);
        }
        try (var again = LocalPostgres.start(directory, 0)) {
            assertThat(theFact(again))
                    .as("after a clean end and on another port")
                    .isEqualTo(287);
        }
    }

    @Test
    void a_server_left_by_an_earlier_run_gives_way() {
        try (var left = LocalPostgres.start(directory, 0);
                var now = LocalPostgres.start(directory, 0)) {
            assertThat(left.process().isAlive()).isFalse();
            assertThat(now.process().isAlive()).isTrue();
        }
    }

    @Test
    void it_is_version_17_and_answers_only_with_the_password() throws SQLException {
        try (var postgres = LocalPostgres.start(directory, 0);
                var connection = postgres.connect("postgres")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
            assertThat(postgres.password()).hasSize(32);
            assertThat(attempt(postgres, "guess")).contains("password authentication failed");
        }
    }

    private static String attempt(LocalPostgres postgres, String password) {
        try (var connection =
                java.sql.DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.user(), password)) {
            return "connected: " + connection;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static int theFact(LocalPostgres postgres) throws SQLException {
        try (var connection = postgres.connect("kept");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from fact")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
