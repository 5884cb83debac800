package ledger287.operations.service;

import static ledger287.operations.service.BulkClient.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is killed at work; what it leaves is what an undisturbed one leaves. At full size: BulkBench. */
final class BulkKilledIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private BulkFile file = new BulkFile(Path.of(""), 0, List.of());

    @BeforeEach
    void writeAFile() throws IOException {
        file = BulkFile.write(directory.resolve("many.ndjson"), "many", 6_000);
    }

    @Test
    void aServiceKilledAtWorkGoesOnAndLeavesWhatAnUndisturbedOneLeaves() throws Exception {
        WrittenLog undisturbed;
        try (var service = ServiceProcess.start(Files.createDirectory(directory.resolve("undisturbed")), Map.of());
                var client = new BulkClient(service)) {
            String job = client.send(file.path());
            JsonNode done = client.done(job, PATIENCE);
            assertThat(lines(done, "recorded")).isEqualTo(file.good());
            assertThat(client.failures(job)).isEqualTo(file.bad());
            undisturbed = WrittenLog.of(service);
        }
        // Pieces of 50 lines, so that a look at the job comes between two of them.
        try (var service = ServiceProcess.start(
                        Files.createDirectory(directory.resolve("killed")),
                        Map.of("ledger287.bulk.lines-per-piece", "50"));
                var client = new BulkClient(service)) {
            String job = client.send(file.path());
            for (int after : new int[] {1_000, 3_000}) {
                JsonNode seen = client.follow(job, PATIENCE, it -> lines(it, "done") >= after);
                service.kill();
                assertThat(lines(seen, "done")).as("It was killed at work").isLessThan(file.lines());
                service.restart();
            }
            JsonNode done = client.done(job, PATIENCE);
            assertThat(lines(done, "recorded")).isEqualTo(file.good());
            assertThat(lines(done, "failed")).isEqualTo(file.bad().size());
            assertThat(client.failures(job)).isEqualTo(file.bad());
            assertThat(WrittenLog.of(service)).isEqualTo(undisturbed);
            assertThat(undisturbed.operations().values()).as("Stored once").containsOnly(1);

            String again = client.send(file.path());
            JsonNode unchanged = client.done(again, PATIENCE);
            assertThat(lines(unchanged, "unchanged")).isEqualTo(file.good());
            assertThat(lines(unchanged, "recorded")).isZero();
            assertThat(client.failures(again)).isEqualTo(file.bad());
            assertThat(client.position()).isEqualTo(undisturbed.events());
        }
    }

    @Test
    void aFileWhoseReceiptWasCutShortIsNotRecordedInPartAndCanBeSentAgain() throws Exception {
        try (var service = ServiceProcess.start(directory, Map.of("ledger287.bulk.abandoned-after-seconds", "2"));
                var client = new BulkClient(service)) {
            CountDownLatch killed = new CountDownLatch(1);
            CompletableFuture<HttpResponse<String>> upload =
                    client.send(BodyPublishers.ofInputStream(() -> firstHalfUntil(killed)));
            String job = await().atMost(PATIENCE).until(() -> receiving(service), id -> !id.isEmpty());
            service.kill();
            killed.countDown();
            assertThatThrownBy(upload::join).isInstanceOf(CompletionException.class);
            service.restart();

            JsonNode stopped =
                    client.follow(job, PATIENCE, it -> it.path("state").asText().equals("stopped"));
            assertThat(stopped.path("message").asText()).contains("Send the file again");
            assertThat(client.position()).isZero();
            JsonNode done = client.done(client.send(file.path()), PATIENCE);
            assertThat(lines(done, "recorded")).isEqualTo(file.good());
        }
    }

    /** The file's first half, and then nothing, until the service is gone. */
    private InputStream firstHalfUntil(CountDownLatch killed) {
        try {
            byte[] all = Files.readAllBytes(file.path());
            return new SequenceInputStream(
                    new ByteArrayInputStream(Arrays.copyOf(all, all.length / 2)), new InputStream() {
                        @Override
                        public int read() throws IOException {
                            try {
                                killed.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new IOException("The sender breaks off");
                        }

                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            return read();
                        }
                    });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The job of which lines have come; an empty text while there is none. */
    private static String receiving(ServiceProcess service) throws SQLException {
        try (Connection connection = service.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select job_id from bulk_job where state = 'receiving' and lines_total > 0");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString("job_id") : "";
        }
    }
}
