package ledger287.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import ledger287.local.LocalPostgres;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with the library's migrations, seen by the application's role. */
record TestDatabase(LocalPostgres server, String name) {

    static final String APPLICATION_ROLE = "log_app";

    private static final Map<LocalPostgres, TestDatabase> SHARED = new ConcurrentHashMap<>();

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The one database of this server that tests share, one after the other, with nothing in it. */
    static TestDatabase emptied(LocalPostgres server) throws SQLException {
        TestDatabase database = SHARED.get(server);
        if (database == null) {
            database = create(server);
            SHARED.put(server, database);
        }
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    truncate event, stream, command_receipt, publisher_checkpoint;
                    update log_head set position = 0
                    """);
        }
        return database;
    }

    /** Another database. */
    static TestDatabase create(LocalPostgres server) throws SQLException {
        TestDatabase database = new TestDatabase(server, "log_" + COUNT.incrementAndGet());
        server.createDatabase(database.name());
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    do $$ begin
                        create role %s login password 'log_app';
                    exception when duplicate_object then null;
                    end $$
                    """.formatted(APPLICATION_ROLE));
        }
        Flyway.configure()
                .dataSource(server.jdbcUrl(database.name()), server.user(), server.password())
                .locations("classpath:db/event-store")
                .placeholders(Map.of("application_role", APPLICATION_ROLE))
                .load()
                .migrate();
        return database;
    }

    Connection connectAsOwner() throws SQLException {
        return server.connect(name);
    }

    Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** In a transaction. */
    Connection begin() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    DataSource dataSource() {
        return dataSource(server.jdbcUrl(name));
    }

    static DataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(APPLICATION_ROLE);
        dataSource.setPassword("log_app");
        return dataSource;
    }
}
