package ledger287.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ledger287.local.LocalStackException;
import ledger287.local.Pause;

/**
 * A client of the services. A lost connection and a service that asks for patience are met by asking again: every
 * request is harmless when repeated, imports because their idempotency key is made of their content and of this run.
 */
public final class LedgerClient {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
    private static final Duration UPLOADED_WITHIN = Duration.ofMinutes(30);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI agreements;
    private final URI operations;
    private final URI reporting;
    private final String apiKey;
    private final String run;

    /**
     * Makes a client.
     *
     * @param run tells this run of the program from others. Within it a repeated request is the same command and gets
     *     the same answer; the next run is told by the ledger that it has the workbook already.
     */
    public LedgerClient(HttpClient http, URI agreements, URI operations, URI reporting, String apiKey, String run) {
        this.http = http;
        this.agreements = agreements;
        this.operations = operations;
        this.reporting = reporting;
        this.apiKey = apiKey;
        this.run = run;
    }

    /**
     * Gives a workbook to the ledger.
     *
     * @param publishedAt when it was published, if its name does not say
     */
    public ImportReport importSheet(byte[] workbook, String fileName, Kind kind, Optional<String> publishedAt)
            throws Refused {
        String query = "?kind=" + kind.parameter()
                + publishedAt.map(at -> "&published_at=" + encoded(at)).orElse("");
        var request = HttpRequest.newBuilder(agreements.resolve("/v1/sheets" + query))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/octet-stream")
                .header("X-File-Name", headerText(fileName))
                .header(
                        "Idempotency-Key",
                        sha256(run.getBytes(UTF_8), query.getBytes(UTF_8), fileName.getBytes(UTF_8), workbook))
                .POST(BodyPublishers.ofByteArray(workbook))
                .build();
        return ImportReport.of(send(request));
    }

    /**
     * Gives a reference file of the Census Bureau to reporting-service.
     *
     * @param vintage the year, if the file does not say
     * @return what came of it, in one line
     */
    public String loadReference(byte[] file, String fileName, Optional<String> vintage) throws Refused {
        String query = vintage.map(year -> "?vintage=" + encoded(year)).orElse("");
        JsonNode load = send(HttpRequest.newBuilder(reporting.resolve("/v1/reference" + query))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/octet-stream")
                .header("X-File-Name", headerText(fileName))
                .POST(BodyPublishers.ofByteArray(file))
                .build());
        return "%s of %s, %,d rows%s"
                .formatted(
                        load.path("kind").asText().replace('_', ' '),
                        load.path("vintage").asText(),
                        load.path("rows").asInt(),
                        load.path("already_loaded").asBoolean() ? ", loaded already, nothing changed" : "");
    }

    /**
     * Gives a file of operations and claims to the ledger.
     *
     * @param sample whether what it tells is fictional; empty for whatever the ledger holds
     * @return the job that works it off
     */
    public Job importOperations(Path file, String fileName, Optional<Boolean> sample) throws Refused {
        String query = sample.map(fictional -> "?sample=" + fictional).orElse("");
        try {
            var request = HttpRequest.newBuilder(operations.resolve("/v1/operations/bulk" + query))
                    .timeout(UPLOADED_WITHIN)
                    .header("Authorization", "Bearer " + apiKey)
                    .header("Content-Type", fileName.endsWith(".csv") ? "text/csv" : "application/x-ndjson")
                    .header("X-File-Name", headerText(fileName))
                    .header("Idempotency-Key", sha256(run.getBytes(UTF_8), query.getBytes(UTF_8), digest(file)))
                    .POST(BodyPublishers.ofFile(file))
                    .build();
            return Job.of(send(request));
        } catch (IOException e) {
            throw new LocalStackException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** How far a job is. */
    public Job job(String id) throws Refused {
        return Job.of(get(jobAddress(id)));
    }

    /** Where everything about a job can be read. */
    public URI jobAddress(String id) {
        return operations.resolve("/v1/jobs/" + id);
    }

    /** The first lines that a job refused, in the order of the file. */
    public List<Job.FailedLine> failures(String jobId, int most) throws Refused {
        return Job.failures(get(operations.resolve("/v1/jobs/%s?limit=%d".formatted(jobId, most))));
    }

    /** Whether no workbook has been imported yet. */
    public boolean isEmpty() throws Refused {
        return firstSheet().isEmpty();
    }

    /** Whether what the ledger holds is fictional; empty while no workbook has been imported. */
    public Optional<Boolean> sample() throws Refused {
        JsonNode sheets = firstSheet();
        return sheets.isEmpty()
                ? Optional.empty()
                : headline("2025-01-20", sheets.path(0).path("position").asText(""))
                        .sample();
    }

    private JsonNode firstSheet() throws Refused {
        return get(agreements.resolve("/v1/sheets?limit=1")).path("items");
    }

    /** The headline, once it reflects the given position of one of the logs; an empty position asks for any. */
    public Headline headline(String since, String position) throws Refused {
        String wait = position.isEmpty() ? "" : "&wait=10&min_position=" + encoded(position);
        return Headline.of(get(reporting.resolve("/v1/statistics/headline?since=" + since + wait)));
    }

    private JsonNode get(URI address) throws Refused {
        return send(HttpRequest.newBuilder(address)
                .timeout(ANSWER_WITHIN)
                .header("Accept", "application/json")
                .build());
    }

    private JsonNode send(HttpRequest request) throws Refused {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = Duration.ofMillis(250);
        while (true) {
            boolean again = System.nanoTime() < deadline;
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
                int status = response.statusCode();
                if (status >= 200 && status < 300) {
                    return json.readTree(response.body());
                }
                if (!again || !LATER.contains(status)) {
                    throw Refused.of(status, response.body());
                }
            } catch (JsonProcessingException e) {
                throw new LocalStackException("%s answered something that is not JSON.".formatted(request.uri()), e);
            } catch (IOException e) {
                if (!again) {
                    throw new LocalStackException(
                            "No answer from %s for %d s. Is the ledger up? Start it with ./ledger up"
                                    .formatted(request.uri(), PATIENCE.toSeconds()),
                            e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalStackException("Interrupted while waiting for " + request.uri(), e);
            }
            Pause.of(pause);
            pause = pause.compareTo(Duration.ofSeconds(4)) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** A header may hold no more than visible ASCII; ICE's own names are within it. */
    private static String headerText(String fileName) {
        return fileName.replaceAll("[^\\x20-\\x7e]", "_");
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static String sha256(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
