package ledger287.operations.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ledger287.operations.service.BulkClient.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of 300,000 lines, one in a hundred bad: how fast it is taken and in how much memory, by the service as it is
 * shipped; that the same file again changes nothing; and that a service killed in the middle of it leaves the same log.
 */
final class BulkBench {
    private static final int LINES = Integer.getInteger("ledger287.bench.bulk-lines", 300_000);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    private Path directory;

    @Test
    void aLargeFile() throws Exception {
        BulkFile large = BulkFile.write(directory.resolve("large.ndjson"), "large", LINES);
        BulkFile small = BulkFile.write(directory.resolve("small.ndjson"), "small", LINES / 10);
        say("%,d lines, %,d MB".formatted(large.lines(), Files.size(large.path()) / 1_000_000));
        WrittenLog undisturbed = undisturbed(large, small);
        assertThat(killed(large, small)).isEqualTo(undisturbed);
    }

    private WrittenLog undisturbed(BulkFile large, BulkFile small) throws Exception {
        try (var service = ServiceProcess.start(Files.createDirectory(directory.resolve("first")), Map.of());
                var client = new BulkClient(service)) {
            client.done(client.send(small.path()), PATIENCE);
            ServiceProcess.Heap afterSmall = service.heap();
            long before = client.position();

            long began = System.nanoTime();
            String job = client.send(large.path());
            double received = secondsSince(began);
            JsonNode done = client.done(job, PATIENCE);
            double recorded = secondsSince(began);
            assertThat(lines(done, "recorded")).isEqualTo(large.good());
            assertThat(client.failures(job)).isEqualTo(large.bad());
            long events = client.position() - before;
            ServiceProcess.Heap afterLarge = service.heap();
            WrittenLog written = WrittenLog.of(service);
            assertThat(written.operations().values()).as("Stored once").containsOnly(1);
            say("received in %.1f s, recorded after %.1f s as %,d events".formatted(received, recorded, events));
            say("after a tenth of that: %s; after all: %s; of the machine: %s MB"
                    .formatted(afterSmall, afterLarge, resident(service)));

            began = System.nanoTime();
            JsonNode again = client.done(client.send(large.path()), PATIENCE);
            double unchanged = secondsSince(began);
            assertThat(lines(again, "unchanged")).isEqualTo(large.good());
            assertThat(lines(again, "recorded")).isZero();
            assertThat(client.position()).isEqualTo(before + events);
            say("the same file again: nothing changed, in %.1f s".formatted(unchanged));
            row(
                    "13",
                    "bulk, %,d lines with 1 %% bad".formatted(large.lines()),
                    "%,.0f lines/s, %,.0f events/s; live heap at most %d MB (%d MB after a tenth); again %,.0f lines/s"
                            .formatted(
                                    large.lines() / recorded,
                                    events / recorded,
                                    afterLarge.live(),
                                    afterSmall.live(),
                                    large.lines() / unchanged),
                    "≥ 5,000 lines/s, heap flat");
            return written;
        }
    }

    private WrittenLog killed(BulkFile large, BulkFile small) throws Exception {
        long after = ThreadLocalRandom.current().nextLong(large.lines() / 4, large.lines() * 3L / 4);
        try (var service = ServiceProcess.start(Files.createDirectory(directory.resolve("second")), Map.of());
                var client = new BulkClient(service)) {
            client.done(client.send(small.path()), PATIENCE);
            String job = client.send(large.path());
            JsonNode seen = client.follow(job, PATIENCE, it -> lines(it, "done") >= after);
            service.kill();
            long began = System.nanoTime();
            service.restart();
            JsonNode done = client.done(job, PATIENCE);
            say("killed at line %,d of %,d, done %.1f s after"
                    .formatted(lines(seen, "done"), large.lines(), secondsSince(began)));
            assertThat(lines(done, "recorded")).isEqualTo(large.good());
            assertThat(client.failures(job)).isEqualTo(large.bad());
            return WrittenLog.of(service);
        }
    }

    private static String resident(ServiceProcess service) throws IOException {
        return service.greatestResident().map(String::valueOf).orElse("?");
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static void say(String what) {
        System.out.println("  " + what);
    }

    /** A row of the table that {@code ./ledger bench} prints at its end. */
    private static void row(String number, String what, String measured, String target) throws IOException {
        Path rows = Files.createDirectories(Path.of("target", "bench"));
        Files.writeString(
                rows.resolve(number + ".row"),
                "| %s | %s | %s | %s |%n".formatted(number, what, measured, target),
                UTF_8);
    }
}
