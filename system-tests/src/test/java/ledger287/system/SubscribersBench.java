package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Targets 5 and 6: how soon a subscriber is told, and what it costs to tell many, against Wikimedia's {@code kafka-sse} on
 * the same broker. The server measured has the first core, the client the second; changes are sent open-loop, one
 * operation each, through operations-service.
 */
final class SubscribersBench {

    private static final int ROUNDS = 5;
    private static final int FEW_SUBSCRIBERS = 200;
    private static final int WARMING = 15_000;
    private static final int WARMING_AT_ONCE = 8;
    private static final int WARMING_AT_THE_PACE_MEASURED = 1_000;
    private static final Duration LONGEST_WARMING = Duration.ofMinutes(12);
    private static final double COMPILING_LITTLE = 0.005;
    private static final int THEIR_WARMING = 600;
    private static final int BACKLOG = 6_000;
    private static final int MANY_SUBSCRIBERS = 2_000;
    private static final String OPERATIONS = "/v1/stream?type=operation.*";
    private static final Duration TO_BEGIN = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private static Path directory;
    private static RunningLedger ledger;
    private static Client client;
    private static final AtomicInteger sent = new AtomicInteger();

    @BeforeAll
    static void up(@TempDir Path temporary) throws Exception {
        Tool.require("util-linux", "taskset");
        directory = temporary;
        ledger = RunningLedger.up(
                temporary.resolve("home"), Map.of("LEDGER287_REPORTING_STREAM_MOST_PER_ADDRESS", "5000"));
        client = ledger.client();
        warm();
        Tool.pin(ledger.pid(RunningLedger.Program.REPORTING), 0);
        Tool.pin(ProcessHandle.current().pid(), 1);
    }

    /**
     * As services that have run for a while: before, most of their time goes into compiling them. At twenty changes a
     * second this would take a quarter of an hour, so here they come as fast as they are recorded.
     */
    private static void warm() throws Exception {
        try (var crowd = new Crowd(ledger.reportingPort(), OPERATIONS, FEW_SUBSCRIBERS);
                var callers = Executors.newFixedThreadPool(WARMING_AT_ONCE)) {
            crowd.measure(WARMING);
            var recorded = new ArrayList<Future<?>>();
            for (int i = 0; i < WARMING; i++) {
                recorded.add(callers.submit(() -> record(sent.incrementAndGet())));
            }
            for (Future<?> one : recorded) {
                one.get();
            }
            assertThat(crowd.await(WARMING, PATIENCE)).isTrue();
        }
    }

    @AfterAll
    static void stop() {
        if (startedOrNull() instanceof RunningLedger started) {
            started.close();
        }
    }

    private static Object startedOrNull() {
        return ledger;
    }

    @Test
    void how_soon_a_subscriber_is_told() throws Exception {
        try (var floor = new Floor();
                var crowd = new Crowd(ledger.reportingPort(), "/v1/stream", 1)) {
            floor.p50(1_000, 1_000);
            System.out.printf(Locale.ROOT, "The floor back to back: %.1f ms%n", floor.p50(200, 1_000));
            System.out.println("From the command's sending to its change's arrival, p50, in microseconds:");
            Rounds rounds = Rounds.alternating(
                    ROUNDS,
                    () -> {
                        send(crowd, 50, 10);
                        System.out.printf(Locale.ROOT, "    p99 %.1f ms%n", crowd.percentile(0.99));
                        return crowd.percentile(0.5) * 1_000;
                    },
                    () -> floor.p50(50, 10) * 1_000);
            Rounds.row(
                    "5",
                    "commit → subscriber, p50",
                    rounds.ratio() + "; " + rounds.absolute("µs"),
                    "≤ 2 × two commits and one Kafka transaction");
        }
    }

    @Test
    void two_thousand_subscribers_at_two_changes_a_second() {
        long pid = ledger.pid(RunningLedger.Program.REPORTING);
        try (var warm = new Crowd(ledger.reportingPort(), "/v1/stream", MANY_SUBSCRIBERS)) {
            send(warm, 40, 2);
        }
        settle();
        long heapBefore = heap(pid);
        long memoryBefore = status(pid, "VmRSS");
        long threadsBefore = status(pid, "Threads");
        try (var crowd = new Crowd(ledger.reportingPort(), "/v1/stream", MANY_SUBSCRIBERS)) {
            send(crowd, 120, 2);
            double p50 = crowd.percentile(0.5);
            double p99 = crowd.percentile(0.99);
            long threads = status(pid, "Threads");
            long memory = status(pid, "VmRSS");
            long heap = heap(pid);
            double perSubscriber = (heap - heapBefore) / 1024.0 / MANY_SUBSCRIBERS;
            double resident = (double) (memory - memoryBefore) / MANY_SUBSCRIBERS;
            Rounds.row(
                    "6a",
                    "2,000 subscribers, 2 changes a second",
                    "p50 %.0f ms, p99 %.0f ms; %.1f kB of heap, %.1f kB resident a subscriber; threads %d, before %d"
                            .formatted(p50, p99, perSubscriber, resident, threads, threadsBefore),
                    "p99 ≤ 250 ms; ≤ 50 kB; threads constant");
        }
    }

    @Test
    void two_hundred_subscribers_at_twenty_changes_a_second_against_kafka_sse() throws Exception {
        long pid = ledger.pid(RunningLedger.Program.REPORTING);
        Path installed = KafkaSse.install();
        warmUntilLittleIsCompiled(pid);
        try (var theirs = KafkaSse.start(installed, ledger.bootstrapServers(), directory)) {
            try (var warm = new Crowd(theirs.port(), "/ledger287.operations.v1", FEW_SUBSCRIBERS)) {
                letThemBegin();
                send(warm, THEIR_WARMING, 20);
            }
            System.out.println("Deliveries for a second of the server's CPU:");
            Rounds rounds = Rounds.alternating(
                    ROUNDS,
                    () -> deliveriesPerCpuSecond(pid, ledger.reportingPort(), OPERATIONS),
                    () -> deliveriesPerCpuSecond(theirs.pid(), theirs.port(), "/ledger287.operations.v1"));
            Rounds.row(
                    "6b",
                    "200 subscribers, 20 changes a second: deliveries a CPU-second",
                    rounds.ratio() + "; " + rounds.absolute("a CPU-second"),
                    "≥ 10 × kafka-sse");
            long before = status(theirs.pid(), "VmRSS");
            try (var crowd = new Crowd(theirs.port(), "/ledger287.operations.v1", FEW_SUBSCRIBERS)) {
                send(crowd, 40, 20);
                System.out.printf(
                        Locale.ROOT,
                        "  kafka-sse: %.0f kB resident a subscriber more, %d threads, p99 %.0f ms%n",
                        (double) (status(theirs.pid(), "VmRSS") - before) / FEW_SUBSCRIBERS,
                        status(theirs.pid(), "Threads"),
                        crowd.percentile(0.99));
            }
        }
    }

    @Test
    void two_hundred_stalled_readers() {
        var stalled = new ArrayList<SocketChannel>();
        try (var lively = new Crowd(ledger.reportingPort(), "/v1/stream", FEW_SUBSCRIBERS)) {
            lively.measure(BACKLOG);
            client.recordAll("stalled", bulk(BACKLOG / 2));
            assertThat(lively.await(BACKLOG, PATIENCE)).isTrue();
            send(lively, 100, 20);
            double without = lively.percentile(0.99);
            for (int i = 0; i < FEW_SUBSCRIBERS; i++) {
                stalled.add(stalled());
            }
            send(lively, 100, 20);
            double with = lively.percentile(0.99);
            long begun = System.nanoTime();
            double closed = 0;
            while (closed < FEW_SUBSCRIBERS
                    && System.nanoTime() - begun < Duration.ofSeconds(60).toNanos()) {
                settle();
                closed = metric("ledger287_stream_stalled_total");
            }
            assertThat(lively.ended()).isZero();
            Rounds.row(
                    "6c",
                    "200 lively beside 200 stalled readers, 20 changes a second",
                    "p99 %.0f ms, without them %.0f ms; %.0f closed".formatted(with, without, closed),
                    "no slower; all closed");
        } finally {
            stalled.forEach(SubscribersBench::close);
        }
    }

    /**
     * Compiling goes on for minutes: of what runs four times a second, the compiler takes its time to see that it matters.
     * It nearly ends, and is not what is measured.
     */
    private static void warmUntilLittleIsCompiled(long pid) {
        long begun = System.nanoTime();
        double share;
        Duration warmed;
        try (var ours = new Crowd(ledger.reportingPort(), OPERATIONS, FEW_SUBSCRIBERS)) {
            do {
                Duration before = compiled(pid);
                long from = System.nanoTime();
                send(ours, WARMING_AT_THE_PACE_MEASURED, 20);
                share = (double) compiled(pid).minus(before).toNanos() / (System.nanoTime() - from);
                warmed = Duration.ofNanos(System.nanoTime() - begun);
                System.out.printf(
                        Locale.ROOT,
                        "  After %d s of warming %.1f ms of a second are still spent compiling%n",
                        warmed.toSeconds(),
                        share * 1e3);
            } while (share > COMPILING_LITTLE && warmed.compareTo(LONGEST_WARMING) < 0);
        }
    }

    private static double deliveriesPerCpuSecond(long pid, int port, String path) {
        try (var crowd = new Crowd(port, path, FEW_SUBSCRIBERS)) {
            letThemBegin();
            send(crowd, 40, 20);
            Duration before = cpu(pid);
            send(crowd, 200, 20);
            return crowd.deliveries() / (cpu(pid).minus(before).toMillis() / 1e3);
        }
    }

    /** Each subscriber of theirs has a consumer of its own, which takes its time and begins at the end. */
    private static void letThemBegin() {
        LockSupport.parkNanos(TO_BEGIN.toNanos());
    }

    /** Sends changes open-loop, each when it is due, and returns when everyone has them all: late is no excuse. */
    private static void send(Crowd crowd, int changes, int perSecond) {
        settle();
        Crowd.Sendings sendings = crowd.measure(changes);
        long begun = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            long due = begun + i * 1_000_000_000L / perSecond;
            waitUntil(due);
            sendings.sent(System.nanoTime());
            record(sent.incrementAndGet());
        }
        assertThat(crowd.await(changes, PATIENCE))
                .as("all of %d changes told to all: %d deliveries", changes, crowd.deliveries())
                .isTrue();
    }

    private static void record(int number) {
        try {
            Client.Answer answer = client.commandOperations("/v1/operations", """
                    {"name": "Fictional operation %d of a bench", "start": "2025-06", "places": [{"state": "WA"}],
                     "sources": [{"url": "https://news.example.org/%d", "published_on": "2025-06-10"}]}""".formatted(number, number));
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> bulk(int lines) {
        var all = new ArrayList<String>();
        for (int i = 0; i < lines; i++) {
            all.add("""
                    {"line_id": "stalled-%1$d", "operation": {"external_id": "stalled-%1$d", "name": "Fictional operation %1$d", "start": "2025-05", "places": [{"state": "OR"}], "claims": [{"metric": "arrests", "figure": "at least 7", "published_on": "2025-06-20", "speaker": {"organization": "A fictional agency"}, "source_url": "https://news.example.org/%1$d"}]}}""".formatted(i));
        }
        return all;
    }

    /** A reader of everything who reads nothing. */
    private static SocketChannel stalled() {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 8 * 1024);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ledger.reportingPort()));
            channel.write(ByteBuffer.wrap(
                    "GET /v1/stream?cursor=earliest HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(UTF_8)));
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double metric(String name) {
        return new String(client.bytes("/q/metrics"), UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void waitUntil(long nanos) {
        while (System.nanoTime() < nanos) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }

    private static void settle() {
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** How long the compilers of a JVM have worked in all. */
    private static Duration compiled(long pid) {
        String counters = jcmd(pid, "PerfCounter.print");
        return Duration.ofNanos(
                (long) (1e9 * counter(counters, "java.ci.totalTime") / counter(counters, "sun.os.hrt.frequency")));
    }

    private static double counter(String counters, String name) {
        Matcher found =
                Pattern.compile("(?m)^" + Pattern.quote(name) + "=(\\d+)").matcher(counters);
        assertThat(found.find()).as("%s in %s", name, counters).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** Bytes of what is live in the heap of a JVM, after a collection. */
    private static long heap(long pid) {
        String said = jcmd(pid, "GC.class_histogram");
        Matcher total = TOTAL.matcher(said);
        assertThat(total.find()).as(said).isTrue();
        return Long.parseLong(total.group(1));
    }

    private static String jcmd(long pid, String command) {
        return Tool.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command));
    }

    /** A number of {@code /proc/…/status}; memory is in kB. */
    private static long status(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What nobody who has two logs and a broker between them can be faster than, here and now. */
    private static final class Floor implements AutoCloseable {
        private static final String TOPIC = "bench.floor";

        private final Connection database;
        private final PreparedStatement insert;
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final byte[] payload = new byte[2_000];

        Floor() throws Exception {
            database = DriverManager.getConnection(
                    ledger.databaseAddress("postgres"),
                    "postgres",
                    Files.readString(ledger.home().resolve("postgres/password")).strip());
            try (var statement = database.createStatement()) {
                statement.execute("create table if not exists bench_floor (payload bytea)");
            }
            insert = database.prepareStatement("insert into bench_floor values (?)");
            var common = new Properties();
            common.put("bootstrap.servers", ledger.bootstrapServers());
            try (var admin = Admin.create(common)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
            var producing = new Properties();
            producing.putAll(common);
            producing.put("transactional.id", "bench-floor");
            producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            var consuming = new Properties();
            consuming.putAll(common);
            consuming.put("isolation.level", "read_committed");
            consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
        }

        /** In milliseconds. */
        double p50(int times, int perSecond) {
            double[] took = new double[times];
            long first = System.nanoTime();
            for (int i = 0; i < times; i++) {
                waitUntil(first + i * 1_000_000_000L / perSecond);
                long begun = System.nanoTime();
                commit();
                producer.beginTransaction();
                var unused = producer.send(new ProducerRecord<>(TOPIC, payload));
                producer.commitTransaction();
                while (consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
                    // The transaction's end is not there yet.
                }
                commit();
                took[i] = (System.nanoTime() - begun) / 1e6;
            }
            Arrays.sort(took);
            return took[times / 2];
        }

        private void commit() {
            try {
                insert.setBytes(1, payload);
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            consumer.close();
            producer.close();
            database.close();
        }
    }

    /** Wikimedia's server for topics as SSE, as its README starts it. */
    private static final class KafkaSse implements AutoCloseable {
        private static final Path HOME = Path.of(System.getProperty("java.io.tmpdir"), "ledger287-kafka-sse");

        private final Process process;
        private final int port;

        private KafkaSse(Process process, int port) {
            this.process = process;
            this.port = port;
        }

        /** Installs it, once for this machine; its native part is compiled, which takes minutes. */
        static Path install() throws IOException, InterruptedException {
            Tool.require("nodejs npm g++ make", "node", "npm", "g++", "make");
            if (!Files.exists(HOME.resolve("node_modules/node-rdkafka/build/Release/node-librdkafka.node"))) {
                System.out.println("  Installing kafka-sse in " + HOME + "; the log is install.log there.");
                Files.createDirectories(HOME);
                Process npm = new ProcessBuilder("npm", "install", "--prefix", HOME.toString(), "kafka-sse@0.4.2")
                        .directory(HOME.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(HOME.resolve("install.log").toFile())
                        .start();
                if (!npm.waitFor(20, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                    npm.destroyForcibly();
                    throw new IllegalStateException(
                            "kafka-sse cannot be had: 'npm install kafka-sse' failed, and there is nothing to compare"
                                    + " with. See " + HOME.resolve("install.log"));
                }
            }
            return HOME;
        }

        static KafkaSse start(Path installed, String bootstrapServers, Path directory) throws IOException {
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            // Quiet, as one would run it; a log line for each event would be held against it.
            Path program = Files.writeString(installed.resolve("server.js"), """
                    const kafkaSse = require('kafka-sse');
                    const quiet = { fatal: console.error, error: console.error, warn() {}, info() {}, debug() {}, trace() {},
                      child() { return quiet; } };
                    const options = { kafkaConfig: { 'metadata.broker.list': process.argv[3] }, logger: quiet };
                    require('http')
                      .createServer((request, response) => kafkaSse(request, response, [request.url.slice(1)], options))
                      .listen(Number(process.argv[2]), '127.0.0.1');
                    """);
            Process process = new ProcessBuilder(
                            "taskset", "-c", "0", "node", program.toString(), Integer.toString(port), bootstrapServers)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("kafka-sse.out").toFile())
                    .start();
            var started = new KafkaSse(process, port);
            await("kafka-sse").atMost(Duration.ofSeconds(20)).until(() -> {
                try (var probe = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                    return probe.isConnected();
                } catch (IOException notYet) {
                    return false;
                }
            });
            return started;
        }

        long pid() {
            return process.pid();
        }

        int port() {
            return port;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
