package ledger287.service.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import ledger287.local.SharedServers;

/**
 * An empty database and an empty topic for a test class, and a key for each role. The argument {@code service} names the
 * service; further arguments are settings.
 */
public final class FreshLedger implements QuarkusTestResourceLifecycleManager {
    public static final String IMPORTER = "l287_test-key-of-the-importer";
    public static final String EDITOR = "l287_test-key-of-the-editor";
    public static final String ADMIN = "l287_test-key-of-the-admin";

    private static final String APPLICATION_PASSWORD = "only-for-tests";

    private String service = "";
    private Map<String, String> further = Map.of();

    @Override
    public void init(Map<String, String> arguments) {
        further = new HashMap<>(arguments);
        service = Objects.requireNonNull(further.remove("service"), "The argument 'service' names the service");
    }

    @Override
    public Map<String, String> start() {
        Servers servers = Servers.ofThisJvm();
        String name = service + "_" + UUID.randomUUID().toString().replace("-", "");
        String role = service + "_app";
        createDatabase(servers, name, role);
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.datasource.jdbc.url", servers.jdbcUrl(name));
        settings.put("quarkus.datasource.username", role);
        settings.put("quarkus.datasource.password", APPLICATION_PASSWORD);
        settings.put("quarkus.flyway.username", servers.user());
        settings.put("quarkus.flyway.password", servers.password());
        settings.put("kafka.bootstrap.servers", servers.brokers());
        settings.put("ledger287.kafka.topic", name);
        key(settings, "importer", IMPORTER);
        key(settings, "editor", EDITOR);
        key(settings, "admin", ADMIN);
        settings.putAll(further);
        return settings;
    }

    @Override
    public void stop() {
        // The servers are shared by all test classes and end with the JVM.
    }

    private static void createDatabase(Servers servers, String name, String role) {
        try (Connection connection =
                        DriverManager.getConnection(servers.jdbcUrl("postgres"), servers.user(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            statement.execute("""
                    do $$
                    begin
                        if not exists (select from pg_roles where rolname = '%1$s') then
                            create role %1$s login password '%2$s';
                        end if;
                    end
                    $$
                    """.formatted(role, APPLICATION_PASSWORD));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void key(Map<String, String> settings, String role, String key) {
        settings.put("ledger287.keys." + role + ".sha256", sha256(key));
        settings.put("ledger287.keys." + role + ".roles", role);
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The servers of this JVM. Quarkus loads this class anew for every test class, so that what a static field remembers
     * is forgotten; system properties are not.
     */
    private record Servers(String postgres, String user, String password, String brokers) {
        private static final String PREFIX = "ledger287.test-servers.";

        static Servers ofThisJvm() {
            if (System.getProperty(PREFIX + "postgres") == null) {
                System.setProperty(PREFIX + "user", SharedServers.postgres().user());
                System.setProperty(PREFIX + "password", SharedServers.postgres().password());
                System.setProperty(PREFIX + "brokers", SharedServers.kafka().bootstrapServers());
                System.setProperty(PREFIX + "postgres", SharedServers.postgres().jdbcUrl(""));
            }
            return new Servers(
                    System.getProperty(PREFIX + "postgres"),
                    System.getProperty(PREFIX + "user"),
                    System.getProperty(PREFIX + "password"),
                    System.getProperty(PREFIX + "brokers"));
        }

        String jdbcUrl(String database) {
            return postgres + database;
        }
    }
}
