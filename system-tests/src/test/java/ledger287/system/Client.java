package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** What newsrooms and editors do: HTTP, nothing else. */
final class Client {

    static final String SINCE = "since=2025-01-20";

    /** Far more than a killed part needs to be back. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String agreements;
    private final String operations;
    private final String reporting;
    private final String key;

    Client(String agreements, String operations, String reporting, String key) {
        this.agreements = agreements;
        this.operations = operations;
        this.reporting = reporting;
        this.key = key;
    }

    /** An answer; the body is missing when it is no JSON. */
    record Answer(int status, HttpHeaders headers, JsonNode body) {}

    Answer post(Workbook workbook) throws IOException {
        return post(workbook, Files.readAllBytes(workbook.file()));
    }

    /** Uploads bytes as if they were this workbook. */
    Answer post(Workbook workbook, byte[] bytes) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(
                        agreements + "/v1/sheets?kind=" + workbook.kind().code()))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/octet-stream")
                .header("X-File-Name", workbook.fileName())
                .header("Idempotency-Key", workbook.fileName() + " " + UUID.nameUUIDFromBytes(bytes))
                .POST(BodyPublishers.ofByteArray(bytes)));
    }

    /** The import's report, of an import that has to succeed. */
    JsonNode importNew(Workbook workbook) {
        Answer answer = askUntilAnswered(() -> post(workbook));
        assertThat(answer.status())
                .as("%s: %s", workbook.fileName(), answer.body())
                .isEqualTo(201);
        return answer.body();
    }

    /** Of somebody who may do everything. */
    String key() {
        return key;
    }

    String reportingAddress() {
        return reporting;
    }

    JsonNode headline(String query) {
        return read("/v1/statistics/headline?" + query);
    }

    /** The headline once it reflects a position of a log. */
    JsonNode headlineAt(String position) {
        return askUntilAnswered(() -> send(HttpRequest.newBuilder(URI.create(reporting
                                + "/v1/statistics/headline?wait=10&" + SINCE + "&min_position="
                                + URLEncoder.encode(position, UTF_8)))
                        .GET()))
                .body();
    }

    /** A question to reporting-service that has to be answered. */
    JsonNode read(String path) {
        return ok(reporting + path);
    }

    /** The same, asked again while whoever answers is away. */
    JsonNode readPatiently(String path) {
        Answer answer = askUntilAnswered(
                () -> send(HttpRequest.newBuilder(URI.create(reporting + path)).GET()));
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** A question to operations-service that has to be answered. */
    JsonNode readOperations(String path) {
        return ok(operations + path);
    }

    /** A command to operations-service. */
    Answer commandOperations(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(operations + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /**
     * Gives operations-service many lines and returns when all of them are recorded, whatever dies meanwhile.
     *
     * @param name of the delivery: given again, it is known
     * @return the position of the last event
     */
    String recordAll(String name, List<String> lines) {
        JsonNode received = askUntilAnswered(
                        () -> send(HttpRequest.newBuilder(URI.create(operations + "/v1/operations/bulk"))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/x-ndjson")
                                .header("Idempotency-Key", name)
                                .POST(BodyPublishers.ofString(String.join("\n", lines)))))
                .body();
        String job = "/v1/jobs/" + received.path("job_id").asText();
        JsonNode now = received;
        while (!now.path("finished_at").isTextual()) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            now = askUntilAnswered(() -> send(HttpRequest.newBuilder(URI.create(operations + job))
                            .header("Authorization", "Bearer " + key)
                            .GET()))
                    .body();
        }
        assertThat(now.path("lines").path("failed").asInt()).as("%s", now).isZero();
        assertThat(now.path("lines").path("done").asInt()).as("%s", now).isEqualTo(lines.size());
        return now.path("position").asText();
    }

    /** A question to agreements-service that has to be answered. */
    JsonNode readAgreements(String path) {
        return ok(agreements + path);
    }

    Answer ask(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(reporting + path)).GET());
    }

    /** The bytes of an answer of reporting-service that has to be one. */
    byte[] bytes(String path) {
        try {
            var response = http.send(
                    HttpRequest.newBuilder(URI.create(reporting + path))
                            .timeout(Duration.ofSeconds(40))
                            .GET()
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An editor's command to agreements-service. */
    Answer command(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(agreements + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header(
                        "Idempotency-Key",
                        UUID.nameUUIDFromBytes((path + json).getBytes(UTF_8)).toString())
                .POST(BodyPublishers.ofString(json)));
    }

    /** Every item of a list of agreements-service, page by page. */
    List<JsonNode> everyItemOfAgreements(String path) {
        var items = new ArrayList<JsonNode>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonNode page = readAgreements(path + (path.contains("?") ? "&" : "?") + "limit=200"
                    + cursor.map(text -> "&cursor=" + URLEncoder.encode(text, UTF_8))
                            .orElse(""));
            page.path("items").forEach(items::add);
            cursor = Optional.of(page.path("next_cursor"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
            assertThat(items).hasSizeLessThan(100_000);
        } while (cursor.isPresent());
        return items;
    }

    private JsonNode ok(String address) {
        try {
            Answer answer = send(HttpRequest.newBuilder(URI.create(address)).GET());
            assertThat(answer.status()).as("%s: %s", address, answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(address, e);
        }
    }

    /** Asks again while there is no answer, or the answer asks for patience: what a careful client does. */
    private static Answer askUntilAnswered(Question question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String trouble;
            try {
                Answer answer = question.ask();
                if (answer.status() < 500) {
                    return answer;
                }
                trouble = "%d %s".formatted(answer.status(), answer.body());
            } catch (IOException e) {
                trouble = e.toString();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No answer for %s, last: %s".formatted(PATIENCE, trouble));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.timeout(Duration.ofSeconds(40)).build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), json(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A request that may fail for want of a server. */
    interface Question {
        Answer ask() throws IOException;
    }
}
