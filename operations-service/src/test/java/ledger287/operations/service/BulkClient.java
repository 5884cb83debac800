package ledger287.operations.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import ledger287.service.testing.FreshLedger;
import org.jspecify.annotations.Nullable;

/** Sends files to a service and follows their jobs. */
final class BulkClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    BulkClient(ServiceProcess service) {
        this.address = service.address();
    }

    /** @return the job */
    String send(Path file) throws FileNotFoundException {
        HttpResponse<String> answer = send(BodyPublishers.ofFile(file)).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).path("job_id").asText();
    }

    CompletableFuture<HttpResponse<String>> send(BodyPublisher file) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(address + "/v1/operations/bulk"))
                        .header("Authorization", "Bearer " + FreshLedger.EDITOR)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(file)
                        .build(),
                BodyHandlers.ofString());
    }

    /** The job when it is as wanted. */
    JsonNode follow(String job, Duration atMost, Predicate<JsonNode> wanted) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/v1/jobs/" + job + "?limit=1"), wanted);
    }

    JsonNode done(String job, Duration atMost) {
        JsonNode done = follow(job, atMost, it -> List.of("done", "stopped")
                .contains(it.path("state").asText()));
        assertThat(done.path("state").asText()).as(done.toPrettyString()).isEqualTo("done");
        return done;
    }

    static long lines(JsonNode job, String what) {
        return job.path("lines").path(what).asLong();
    }

    /** Numbers of the lines that failed, in order. */
    List<Integer> failures(String job) throws IOException, InterruptedException {
        List<Integer> lines = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = get("/v1/jobs/" + job + "?limit=1000" + (cursor == null ? "" : "&cursor=" + cursor));
            page.at("/failures/items")
                    .forEach(failure -> lines.add(failure.path("line").asInt()));
            cursor = textOrNull(page.at("/failures/next_cursor"));
        } while (cursor != null);
        return lines;
    }

    long position() throws IOException, InterruptedException {
        return Long.parseLong(
                get("/v1/operations?limit=1").path("feed_position").asText().replace("operations:", ""));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    @Override
    public void close() {
        http.close();
    }

    private static @Nullable String textOrNull(JsonNode text) {
        return text.isTextual() ? text.asText() : null;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
