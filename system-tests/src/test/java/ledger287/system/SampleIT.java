package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees: {@code ./ledger up} with nothing else, Ctrl-C, and once more. */
final class SampleIT {

    @Test
    void a_first_up_shows_the_sample_ends_without_a_trace_and_a_second_finds_its_data(@TempDir Path directory)
            throws IOException {
        Path home = directory.resolve("home");
        JsonNode first;
        try (RunningLedger ledger = RunningLedger.up(home)) {
            Client client = ledger.client();
            GoldenFigures.check(client, "&as_of=2025-06-06", true);
            GoldenOperations.checkPartner(GoldenOperations.check(client));
            assertThat(ledger.output()).contains("sample").contains("with at least 1,497 arrests");
            assertRefusesRealData(ledger);
            first = headline(client);

            Set<ProcessHandle> processes = ledger.processes();
            assertThat(processes).hasSizeGreaterThan(4);
            assertThat(ledger.interrupt()).as(ledger.output()).isZero();
            RunningLedger.awaitGone(processes);
        }

        try (RunningLedger ledger = RunningLedger.up(home)) {
            assertThat(headline(ledger.client())).isEqualTo(first);

            RunningLedger.CommandResult already = ledger.run("up");
            assertThat(already.exitCode()).as(already.output()).isZero();
            assertThat(already.output()).contains("already up");

            Set<ProcessHandle> processes = ledger.processes();
            RunningLedger.CommandResult down = ledger.run("down");
            assertThat(down.exitCode()).as(down.output()).isZero();
            assertThat(ledger.awaitEnd()).isZero();
            RunningLedger.awaitGone(processes);
        }
    }

    /** Without its citation, in which the address is another one after each start of these tests. */
    private static JsonNode headline(Client client) {
        ObjectNode headline = client.headline(Client.SINCE).deepCopy();
        assertThat(headline.remove("citation")).isNotNull();
        return headline;
    }

    /** Offers the newest workbook of the sample as if ICE had published it: no longer marked, and with a later name. */
    private static void assertRefusesRealData(RunningLedger ledger) throws IOException {
        Client client = ledger.client();
        JsonNode before = client.headline(Client.SINCE);
        Path newest = newestParticipating(ledger.home().resolve("sample"));
        byte[] unmarked = WorkbookParts.of(newest)
                .with("docProps/custom.xml", SampleIT::withoutSampleProperty)
                .toBytes();
        var asReal = new Workbook(
                Workbook.Kind.PARTICIPATING, newest.resolveSibling("participatingAgencies07312025am.xlsx"), 0);

        Client.Answer answer = client.post(asReal, unmarked);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
        assertThat(answer.body().path("detail").asText()).containsIgnoringCase("sample");
        assertThat(client.headline(Client.SINCE)).isEqualTo(before);
    }

    private static Path newestParticipating(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("participating"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        }
    }

    private static byte[] withoutSampleProperty(byte[] custom) {
        String text = new String(custom, UTF_8);
        assertThat(text).contains("ledger287.sample");
        return text.replace("ledger287.sample", "another.property").getBytes(UTF_8);
    }
}
