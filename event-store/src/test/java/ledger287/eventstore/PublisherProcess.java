package ledger287.eventstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;

/** A publisher in a JVM of its own, so that a test can kill it as a crash would. Ends when its parent ends. */
final class PublisherProcess implements AutoCloseable {

    /** Where the child stops, to be killed there. */
    enum HoldAt {
        NOWHERE,
        SENT,
        COMMITTED
    }

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private PublisherProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("ended: " + e.getMessage());
            }
        });
    }

    static PublisherProcess start(TestDatabase database, String bootstrapServers, String topic, HoldAt hold)
            throws IOException {
        return new PublisherProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublisherProcess.class.getName(),
                        database.server().jdbcUrl(database.name()),
                        bootstrapServers,
                        topic,
                        hold.name())
                .redirectErrorStream(true)
                .start());
    }

    /** Waits for a line that begins so. */
    String await(String beginning) throws InterruptedException {
        StringBuilder others = new StringBuilder();
        while (true) {
            String line = lines.poll(30, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("No \"" + beginning + "\" from the publisher, but:\n" + others);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
            others.append(line).append('\n');
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        HoldAt hold = HoldAt.valueOf(arguments[3]);
        PublisherSettings settings = PublisherSettings.of(
                        arguments[2], arguments[2], Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, arguments[1]))
                .with(new PublisherSettings.Limits(8 << 20, 50, 1 << 20));
        Publisher publisher = new Publisher(
                settings,
                TestDatabase.dataSource(arguments[0]),
                new EventStore(),
                TopicReader.MAPPER,
                new Reporting(hold),
                Clock.systemUTC());
        publisher.start();
        publisher.wake();
        int end = System.in.read();
        publisher.close();
        System.out.println("ended by its parent: " + end);
    }

    /** Tells the parent what happened, and goes no further than it may. */
    private record Reporting(HoldAt hold) implements PublisherListener {

        @Override
        public void sent(long firstPosition, long lastPosition) {
            say(HoldAt.SENT, lastPosition);
        }

        @Override
        public void committed(long firstPosition, long lastPosition) {
            say(HoldAt.COMMITTED, lastPosition);
        }

        private void say(HoldAt step, long position) {
            System.out.println(step + " " + position);
            if (step == hold) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
