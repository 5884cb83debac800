package ledger287.local.stack;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import ledger287.local.Checkout;
import ledger287.local.LocalKafka;
import ledger287.local.LocalPostgres;
import ledger287.local.LocalServer;
import ledger287.local.LocalStackException;

/**
 * Everything that runs while a ledger is up. Started from the ground: database, broker, services; stopped from the top,
 * so that no service meets a world without its database.
 */
final class Stack implements AutoCloseable {

    private final Home home;
    private final PortPlan ports;
    private final Checkout checkout;
    private final Consumer<String> say;
    private final Deque<Keeper> keepers = new ArrayDeque<>();
    private boolean closed;

    Stack(Home home, PortPlan ports, Checkout checkout, Consumer<String> say) {
        this.home = home;
        this.ports = ports;
        this.checkout = checkout;
        this.say = say;
    }

    /** Starts all and returns when all is ready. What was started before a failure is stopped by {@link #close}. */
    void start(ApiKey key, WebhookKey webhookKey, HttpClient client) {
        var postgres = LocalPostgres.start(home.postgres(), ports.postgres(), home.log("postgres"));
        keep("postgres", postgres);
        Databases databases = Databases.prepare(postgres);
        var kafka = LocalKafka.start(home.kafka(), ports.kafka(), home.log("kafka"));
        keep("kafka", kafka);

        Map<String, String> shared = Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "LEDGER287_KEYS_LOCAL_SHA256",
                key.sha256(),
                "LEDGER287_KEYS_LOCAL_ROLES",
                "importer,editor,admin,subscriber");
        String dashboard = "http://127.0.0.1:" + ports.reporting();
        Map<String, String> agreementsOwn = new HashMap<>(ledger(
                postgres.jdbcUrl(Databases.AGREEMENTS),
                Databases.AGREEMENTS_APP,
                Databases.AGREEMENTS_OWNER,
                databases.password()));
        // By whichever name the reader's browser calls this machine.
        agreementsOwn.put("LEDGER287_DASHBOARD_ORIGINS", dashboard + ",http://localhost:" + ports.reporting());
        var agreements = launch("agreements-service", ports.agreements(), shared, agreementsOwn);
        var operations = launch(
                "operations-service",
                ports.operations(),
                shared,
                ledger(
                        postgres.jdbcUrl(Databases.OPERATIONS),
                        Databases.OPERATIONS_APP,
                        Databases.OPERATIONS_OWNER,
                        databases.password()));
        var reporting = launch(
                "reporting-service",
                ports.reporting(),
                shared,
                Map.of(
                        "LEDGER287_REPORTING_PUBLIC_URL",
                        dashboard,
                        "LEDGER287_REPORTING_AGREEMENTS_URL",
                        "http://127.0.0.1:" + ports.agreements(),
                        "LEDGER287_REPORTING_WEBHOOK_KEY",
                        webhookKey.value(),
                        // Endpoints that are tried out run beside the ledger.
                        "LEDGER287_REPORTING_WEBHOOK_ENDPOINT_ALLOW_LOOPBACK",
                        "true",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        postgres.jdbcUrl(Databases.REPORTING),
                        "QUARKUS_DATASOURCE_USERNAME",
                        Databases.REPORTING,
                        "QUARKUS_DATASOURCE_PASSWORD",
                        databases.password()));
        agreements.awaitReady(client);
        operations.awaitReady(client);
        reporting.awaitReady(client);
        synchronized (this) {
            keepers.forEach(Keeper::keep);
        }
    }

    /** Stops all, in order. Safe to call again, and while {@link #start} is at work: it then gets no further. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!keepers.isEmpty()) {
            keepers.pop().close();
        }
    }

    /** The application appends to the log; only the owner, who migrates, could do more. */
    private static Map<String, String> ledger(String database, String application, String owner, String password) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database,
                "QUARKUS_DATASOURCE_USERNAME", application,
                "QUARKUS_DATASOURCE_PASSWORD", password,
                "QUARKUS_FLYWAY_USERNAME", owner,
                "QUARKUS_FLYWAY_PASSWORD", password);
    }

    private LocalService launch(String name, int port, Map<String, String> shared, Map<String, String> own) {
        Path built = checkout.root().resolve(name).resolve("target/quarkus-app");
        if (!Files.exists(built.resolve("quarkus-run.jar"))) {
            throw new LocalStackException("%s is not built. Build it with: mvn -DskipTests package".formatted(name));
        }
        Map<String, String> environment = new HashMap<>(shared);
        environment.putAll(own);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        var service = LocalService.launch(name, built, home, port, environment);
        keep(name, service);
        return service;
    }

    private synchronized void keep(String name, LocalServer server) {
        if (closed) {
            server.close();
            throw new LocalStackException("Stopped while starting.");
        }
        keepers.push(new Keeper(name, server, home.pidFile(name), say));
    }
}
