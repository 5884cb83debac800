package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims from an editor's desk to totals and feed, through both services and the topic between them. */
final class OperationsIT {

    private static final int LINES = 6_000;
    private static final int BAD_EVERY = 100;

    private static Path directory;
    private static RunningLedger ledger;
    private static Client client;

    @BeforeAll
    static void up(@TempDir Path temporary) {
        directory = temporary;
        ledger = RunningLedger.up(temporary.resolve("home"));
        client = ledger.client();
    }

    @AfterAll
    static void stop() {
        RunningLedger started = startedOrNull();
        if (started != null) {
            started.close();
        }
    }

    private static @Nullable RunningLedger startedOrNull() {
        return ledger;
    }

    @Test
    void running_totals_replace_each_other_rivals_stand_beside_and_what_is_retracted_counts_no_longer()
            throws IOException {
        String operation = recorded("Fictional: a sweep with running totals", "OH");
        claim(operation, "780", "Agency One", "2025-06-10");
        claim(operation, "nearly 800", "Agency One", "2025-06-12");
        claim(operation, "1,120", "Agency One", "2025-06-14");
        claim(operation, "1,100", "Agency Two", "2025-06-15");

        JsonNode figure = arrests("OH", "");
        assertThat(figure.path("claims")).hasSize(2);
        assertThat(figure.path("conflicting").asBoolean()).isTrue();
        assertThat(figure.path("superseded").asInt()).isEqualTo(2);
        JsonNode history = client.read("/v1/operations/" + operation + "/history");
        assertThat(history.findValuesAsText("type"))
                .filteredOn("org.ledger287.claim.made.v1"::equals)
                .hasSize(4);

        JsonNode before = client.headline("");
        String pinned = "/v1/operations?state=OH&position="
                + before.path("feed_position").asText();
        byte[] then = client.bytes(pinned);
        List<String> ids = figure.path("claims").findValuesAsText("claim_id");
        for (String id : ids) {
            accepted(
                    client.commandOperations(
                            "/v1/claims/" + id + "/retraction",
                            "{\"reason\": \"The agency withdrew it\", \"source_url\": \"https://news.example.org/correction\"}"));
        }
        JsonNode after = arrests("OH", "");
        assertThat(after.path("retracted").asInt()).isEqualTo(2);
        assertThat(after.path("text").asText()).isNotEqualTo(figure.path("text").asText());
        assertThat(client.bytes(pinned)).isEqualTo(then);
        assertThat(arrests("OH", "&as_of=2025-06-30").path("text").asText())
                .isEqualTo(figure.path("text").asText());
        JsonNode changes = client.read(
                "/v1/changes?limit=1000&cursor=" + before.path("feed_position").asText());
        assertThat(changes.findValuesAsText("type")).contains("org.ledger287.claim.retracted.v1");
    }

    @Test
    void a_file_cut_off_by_a_crash_ends_as_if_nothing_had_happened() throws IOException {
        Path file = directory.resolve("many.ndjson");
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= LINES; i++) {
            lines.add(line(i));
        }
        Files.write(file, lines);
        int before = operationsRecorded();

        Thread killer = Thread.ofPlatform().start(() -> {
            await("half of the file")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> operationsRecorded() > before + LINES / 4);
            ledger.kill(RunningLedger.Program.OPERATIONS);
        });
        RunningLedger.CommandResult first = ledger.run("import", file.toString());
        await("the kill").until(() -> !killer.isAlive());

        int bad = LINES / BAD_EVERY;
        assertThat(first.exitCode()).as(first.output()).isEqualTo(1);
        assertThat(first.output()).contains("%,d lines".formatted(LINES)).contains("%d FAILED".formatted(bad));
        assertThat(first.output()).contains("line %d: claims".formatted(BAD_EVERY));
        assertThat(operationsRecorded()).isEqualTo(before + LINES - bad);

        RunningLedger.CommandResult again = ledger.run("import", file.toString());
        assertThat(again.output())
                .contains("%,d known already".formatted(LINES - bad))
                .contains(" 0 recorded");
        assertThat(operationsRecorded()).isEqualTo(before + LINES - bad);
        await("all of it in the query store").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        client.read("/v1/operations?state=WA&limit=1")
                                .path("count")
                                .asInt())
                .isEqualTo(LINES - bad));
    }

    private static int operationsRecorded() {
        try {
            return client.readOperations("/v1/operations?limit=1").path("count").asInt();
        } catch (AssertionError | java.io.UncheckedIOException down) {
            return 0;
        }
    }

    private static String line(int number) {
        String metric = number % BAD_EVERY == 0 ? "arests" : "arrests";
        return """
                {"line_id": "it-%1$d", "operation": {"external_id": "it-%1$d", "name": "Fictional operation %1$d", "start": "2025-05", "places": [{"state": "WA"}], "claims": [{"metric": "%2$s", "figure": "more than %1$d", "published_on": "2025-06-20", "speaker": {"organization": "A fictional agency"}, "source_url": "https://news.example.org/%1$d"}]}}""".formatted(number, metric);
    }

    private static String recorded(String name, String state) throws IOException {
        Client.Answer answer = accepted(client.commandOperations("/v1/operations", """
                {"name": "%s", "start": "2025-06", "places": [{"state": "%s"}],
                 "sources": [{"url": "https://news.example.org/story", "published_on": "2025-06-10"}]}""".formatted(name, state)));
        return answer.body().path("operation_id").asText();
    }

    private static void claim(String operation, String figure, String organization, String publishedOn)
            throws IOException {
        accepted(client.commandOperations("/v1/operations/" + operation + "/claims", """
                {"metric": "arrests", "figure": "%s", "published_on": "%s", "speaker": {"organization": "%s"},
                 "source_url": "https://news.example.org/%s"}""".formatted(
                        figure, publishedOn, organization, publishedOn)));
    }

    /** Waits until reporting-service shows it, too. */
    private static Client.Answer accepted(Client.Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isBetween(200, 201);
        client.headlineAt(answer.body().path("position").asText());
        return answer;
    }

    private static JsonNode arrests(String state, String moment) {
        JsonNode operation = client.read("/v1/operations?state=" + state + moment)
                .path("items")
                .path(0);
        return GoldenOperations.figure(operation, "arrests");
    }
}
