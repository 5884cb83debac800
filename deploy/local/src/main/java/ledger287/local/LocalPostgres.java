package ledger287.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL 17 as a child process, on the loopback address only.
 *
 * <p>The directory is initialised on first use and kept; another start on it finds its data. All of PostgreSQL's
 * promises hold: what is committed survives a kill, and a power cut.
 */
public final class LocalPostgres implements LocalServer {

    private static final String SUPERUSER = "postgres";
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private final Path directory;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;
    private final int port;
    private final Path log;
    private volatile ChildProcess postmaster;

    private LocalPostgres(Path directory, int port, Path log) {
        this.directory = directory.toAbsolutePath().normalize();
        this.log = log;
        this.binaries = PostgresBinaries.unpacked(Checkout.find());
        this.unprivileged = Unprivileged.onThisMachine();
        this.port = port == 0 ? Ports.free() : port;
        initialise();
        this.postmaster = startPostmaster();
    }

    /**
     * Starts the server and returns when it accepts connections.
     *
     * @param directory where its data, password and log are; made when absent. A server of an earlier run that is still
     *     at work on it is stopped first.
     * @param port 0 for any free one
     */
    public static LocalPostgres start(Path directory, int port) {
        return start(directory, port, directory.resolve("postgres.log"));
    }

    /** The same with the server's log elsewhere. */
    public static LocalPostgres start(Path directory, int port, Path log) {
        return new LocalPostgres(directory, port, log);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    @Override
    public int port() {
        return port;
    }

    /** The superuser. */
    public String user() {
        return SUPERUSER;
    }

    /** The superuser's password, made at random when the directory was. */
    public String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + passwordFile(), e);
        }
    }

    /** The postmaster. */
    @Override
    public ChildProcess process() {
        return postmaster;
    }

    /** A connection as superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password());
    }

    /** Makes a database unless there is one of that name. */
    public void createDatabase(String name) {
        try (var connection = connect("postgres");
                var exists = connection.prepareStatement("select from pg_database where datname = ?");
                var statement = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                statement.execute("create database " + statement.enquoteIdentifier(name, true));
            }
        } catch (SQLException e) {
            throw new LocalStackException("Cannot create the database %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Recovers what is needed. */
    @Override
    public void restart() {
        if (postmaster.isAlive()) {
            close();
        }
        postmaster = startPostmaster();
    }

    /** Fast shutdown: open transactions are rolled back, the rest is flushed. */
    @Override
    public void close() {
        postmaster.stop(STOPPED_WITHIN);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path passwordFile() {
        return directory.resolve("password");
    }

    private void initialise() {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            makePassword();
            // Renamed when complete, so that an initdb that was interrupted is begun anew.
            Path partial = directory.resolve("initdb");
            Trees.delete(partial);
            Files.createDirectory(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            unprivileged.handOver(directory);
            run(List.of(
                    binaries.program("initdb"),
                    "--pgdata=" + partial,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    // The same order and case rules on every machine, whatever locales it has.
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
            Files.move(partial, data());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a database directory in " + directory, e);
        }
    }

    private void makePassword() throws IOException {
        if (!Files.exists(passwordFile())) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            Files.createFile(
                    passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
        }
    }

    private void run(List<String> command) {
        var process = ChildProcess.start(unprivileged.command(command), Map.of("LC_ALL", "C"), log, StopSignal.TERM);
        int exit = process.onExit().join();
        if (exit != 0) {
            throw new LocalStackException("%s failed:\n%s".formatted(command.getFirst(), process.lastWords()));
        }
    }

    private ChildProcess startPostmaster() {
        stopPredecessor();
        long deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
        while (true) {
            var started = launch();
            if (accepts(started, deadline)) {
                return started;
            }
            String lastWords = started.lastWords();
            // The children of a killed postmaster need a moment to notice; until then they hold its shared memory.
            boolean predecessorsChildrenRemain =
                    lastWords.contains("shared memory block") || lastWords.contains("lock file");
            if (!predecessorsChildrenRemain || System.nanoTime() > deadline) {
                started.kill();
                throw new LocalStackException(
                        "PostgreSQL did not start on port %d. Its log %s ends:\n%s".formatted(port, log, lastWords));
            }
            Pause.of(Duration.ofMillis(200));
        }
    }

    private ChildProcess launch() {
        return ChildProcess.start(
                unprivileged.command(List.of(
                        binaries.program("postgres"),
                        "-D",
                        data().toString(),
                        "-c",
                        "port=" + port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "log_timezone=UTC",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "jit=off")),
                Map.of("LC_ALL", "C"),
                log,
                StopSignal.INT);
    }

    private boolean accepts(ChildProcess started, long deadline) {
        try {
            return awaitConnections(started, deadline);
        } catch (LocalStackException interrupted) {
            started.kill();
            throw interrupted;
        }
    }

    private boolean awaitConnections(ChildProcess started, long deadline) {
        while (started.isAlive() && System.nanoTime() < deadline) {
            try (var connection = connect("postgres")) {
                return connection.isValid(5);
            } catch (SQLException e) {
                // Not yet: nobody listens, or recovery is under way.
                Pause.of(Duration.ofMillis(50));
            }
        }
        return false;
    }

    /** A postmaster that an earlier run of ours left at work here; and a pid file whose number now means another. */
    private void stopPredecessor() {
        Path pidFile = data().resolve("postmaster.pid");
        try {
            if (Files.exists(pidFile)) {
                List<String> lines = Files.readAllLines(pidFile);
                long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
                var predecessor = Leftovers.find(pid, data().toString());
                if (predecessor.isPresent()) {
                    Leftovers.stop(predecessor.get(), StopSignal.INT, STOPPED_WITHIN);
                }
                Files.deleteIfExists(pidFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile, e);
        }
    }
}
