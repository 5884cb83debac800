package ledger287.local.stack;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import ledger287.local.LocalPostgres;
import ledger287.local.LocalStackException;

/**
 * The databases and roles of the services: for each database an owner, who migrates; for the ledger's own also the
 * application, which may append but not rewrite (its grants come with the migrations). The same as
 * {@code deploy/docker/postgres-init} makes.
 *
 * @param password of all roles, new at each start: nobody has to keep it
 */
record Databases(String password) {

    static final String AGREEMENTS = "agreements";
    static final String AGREEMENTS_OWNER = "agreements_owner";
    static final String AGREEMENTS_APP = "agreements_app";
    static final String OPERATIONS = "operations";
    static final String OPERATIONS_OWNER = "operations_owner";
    static final String OPERATIONS_APP = "operations_app";
    static final String REPORTING = "reporting";

    static Databases prepare(LocalPostgres postgres) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        var databases = new Databases(HexFormat.of().formatHex(random));
        postgres.createDatabase(AGREEMENTS);
        postgres.createDatabase(OPERATIONS);
        postgres.createDatabase(REPORTING);
        try (var connection = postgres.connect("postgres")) {
            databases.role(connection, AGREEMENTS_OWNER);
            databases.role(connection, AGREEMENTS_APP);
            databases.role(connection, OPERATIONS_OWNER);
            databases.role(connection, OPERATIONS_APP);
            databases.role(connection, REPORTING);
            own(connection, AGREEMENTS, AGREEMENTS_OWNER);
            own(connection, OPERATIONS, OPERATIONS_OWNER);
            own(connection, REPORTING, REPORTING);
        } catch (SQLException e) {
            throw new LocalStackException("Cannot prepare the databases: " + e.getMessage(), e);
        }
        return databases;
    }

    private void role(Connection connection, String name) throws SQLException {
        try (var exists = connection.prepareStatement("select from pg_roles where rolname = ?");
                var statement = connection.createStatement()) {
            exists.setString(1, name);
            String verb = exists.executeQuery().next() ? "alter" : "create";
            statement.execute("%s role %s login password '%s'".formatted(verb, name, password));
        }
    }

    private static void own(Connection connection, String database, String owner) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("alter database %s owner to %s".formatted(database, owner));
        }
    }
}
