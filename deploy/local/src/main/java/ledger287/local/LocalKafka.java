package ledger287.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import ledger287.local.broker.BrokerMain;

/**
 * A real Kafka broker (KRaft, broker and controller in one) as a child JVM, on the loopback address only.
 *
 * <p>What it acknowledged survives a kill. A power cut can take the last second or so from it, as from any single broker
 * that does not wait for the disk; the ledger itself is in PostgreSQL and loses nothing. (Waiting for the disk at every
 * batch was tried: ten times slower.)
 */
public final class LocalKafka implements LocalServer {

    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    private final Path directory;
    private final Checkout checkout;
    private final int port;
    private final int controllerPort;
    private final Path log;
    private volatile ChildProcess broker;

    private LocalKafka(Path directory, int port, Path log) {
        this.directory = directory.toAbsolutePath().normalize();
        this.log = log;
        this.checkout = Checkout.find();
        this.port = port == 0 ? Ports.free() : port;
        this.controllerPort = Ports.free();
        this.broker = startBroker();
    }

    /**
     * Starts the broker and returns when it serves clients.
     *
     * @param directory where its log and settings are; made when absent
     * @param port 0 for any free one
     */
    public static LocalKafka start(Path directory, int port) {
        return start(directory, port, directory.resolve("kafka.log"));
    }

    /** The same with the broker's log elsewhere. */
    public static LocalKafka start(Path directory, int port, Path log) {
        return new LocalKafka(directory, port, log);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ChildProcess process() {
        return broker;
    }

    @Override
    public void restart() {
        if (broker.isAlive()) {
            close();
        }
        broker = startBroker();
    }

    /** Kills the broker and deletes all it stored; {@link #restart()} then starts an empty one, another cluster. */
    public void wipe() {
        kill();
        Trees.delete(data());
    }

    @Override
    public void close() {
        broker.stop(STOPPED_WITHIN);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path readyFile() {
        return directory.resolve("ready");
    }

    private ChildProcess startBroker() {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(readyFile());
            Path settings = directory.resolve("server.properties");
            Files.writeString(settings, settings());
            var started = ChildProcess.start(
                    List.of(
                            ownJava(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlocal.stack.directory=" + directory,
                            "-Dorg.slf4j.simpleLogger.showDateTime=true",
                            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            "%s/*:%s".formatted(checkout.brokerLibraries(), ownClasses()),
                            BrokerMain.class.getName(),
                            settings.toString(),
                            readyFile().toString()),
                    Map.of(),
                    log,
                    StopSignal.TERM);
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write in " + directory, e);
        }
    }

    private void awaitReady(ChildProcess started) {
        long deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
        try {
            while (!Files.exists(readyFile())) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    throw new LocalStackException("Kafka did not start on port %d. Its log %s ends:\n%s"
                            .formatted(port, log, started.lastWords()));
                }
                Pause.of(Duration.ofMillis(50));
            }
        } catch (LocalStackException failed) {
            started.kill();
            throw failed;
        }
    }

    private String settings() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s

                # One replica of everything, in few partitions: this is one machine.
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1

                # No other replica has it: be on the disk within a second.
                log.flush.interval.ms=1000
                log.flush.scheduler.interval.ms=1000

                # A topic exists because somebody made it with the settings it needs.
                auto.create.topics.enable=false
                message.max.bytes=10485760
                group.initial.rebalance.delay.ms=0

                # After a crash the controller turns the broker away until its former session has run out.
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=500

                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(port, controllerPort, data());
    }

    private static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path ownClasses() {
        try {
            return Path.of(LocalKafka.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where do our classes come from?", e);
        }
    }
}
