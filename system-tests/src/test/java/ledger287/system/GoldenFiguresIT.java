package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import ledger287.system.contract.Contract;
import ledger287.system.outsider.OutsideReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty ledger, fed ICE's two workbooks of June 6, 2025. */
final class GoldenFiguresIT {

    private static final LocalDate SINCE = LocalDate.of(2025, 1, 20);

    private static IceSheets sheets;
    private static RunningLedger ledger;
    private static Client client;

    @BeforeAll
    static void feed(@TempDir Path directory) throws IOException {
        sheets = IceSheets.find();
        Path fed = Files.createDirectory(directory.resolve("sheets"));
        for (Workbook workbook : sheets.ofJuneSixth()) {
            Files.copy(workbook.file(), fed.resolve(workbook.fileName()));
        }
        ledger = RunningLedger.up(directory.resolve("home"), "--sheets", fed.toString());
        client = ledger.client();
    }

    @AfterAll
    static void stop() {
        RunningLedger started = startedOrNull();
        if (started != null) {
            started.close();
        }
    }

    /** Null when the start itself failed, which the compiler cannot know. */
    private static @Nullable RunningLedger startedOrNull() {
        return ledger;
    }

    @Test
    void every_golden_figure_comes_out_exactly() {
        GoldenFigures.check(client, "", false);
    }

    @Test
    void up_says_how_many_agreements_there_are() {
        assertThat(ledger.output()).contains("649");
    }

    @Test
    void the_documented_operations_are_there_with_their_qualifiers() {
        JsonNode stops = GoldenOperations.check(client);
        JsonNode partner = stops.path("partners").path(0);
        assertThat(partner.path("name").asText()).isEqualTo("Tennessee Highway Patrol");
        // In the workbook of June 6 the Department of Safety no longer says that it is the Highway Patrol.
        assertThat(partner.path("match").isNull()).as("%s", partner).isTrue();
        assertThat(client.headline("")
                        .path("operations")
                        .path("attributed_arrests")
                        .path("source")
                        .path("source_url")
                        .asText())
                .startsWith("https://");
    }

    @Test
    void the_states_add_up_to_the_headline() {
        int sum = 0;
        int withAgreements = 0;
        for (JsonNode state :
                client.read("/v1/statistics/states?" + Client.SINCE).path("items")) {
            sum += state.path("agreements").asInt();
            withAgreements += state.path("agreements").asInt() > 0 ? 1 : 0;
        }
        assertThat(sum).isEqualTo(649);
        assertThat(withAgreements).isEqualTo(40);
    }

    @Test
    void coverage_comes_out_exactly_and_an_editor_settles_a_county_that_does_not_exist() throws IOException {
        List<Path> files = sheets.referenceFiles();
        assertThat(client.ask("/v1/statistics/coverage").status()).isEqualTo(409);
        RunningLedger.CommandResult loaded =
                ledger.run("reference", files.stream().map(Path::toString).toArray(String[]::new));
        assertThat(loaded.exitCode()).as(loaded.output()).isZero();

        JsonNode coverage = client.read("/v1/statistics/coverage");
        assertThat(coverage.path("counties").asInt()).isEqualTo(320);
        assertThat(coverage.path("population").asLong()).isEqualTo(54_226_021);
        assertThat(coverage.path("population_total").asLong()).isEqualTo(334_914_895);
        assertThat(coverage.path("share_percent").asText()).isEqualTo("16.19");
        assertThat(coverage.path("largest_counties_with_agreement").asInt()).isEqualTo(4);
        var reached = new ArrayList<String>();
        coverage.path("largest_counties").forEach(county -> {
            if (county.path("agreement").asBoolean()) {
                reached.add(county.path("name").asText());
            }
        });
        assertThat(reached)
                .containsExactly("Miami-Dade County", "Tarrant County", "Broward County", "Hillsborough County");
        var lost = new ArrayList<String>();
        coverage.path("unmatched").forEach(cell -> lost.add(cell.path("county").asText()));
        assertThat(lost).contains("Berrian County", "Albemarle County");

        JsonNode berrian = StreamSupport.stream(coverage.path("unmatched").spliterator(), false)
                .filter(cell -> cell.path("county").asText().equals("Berrian County"))
                .findFirst()
                .orElseThrow();
        Client.Answer settled = client.command(
                "/v1/agencies/%s/correction".formatted(berrian.path("agency_id").asText()), """
                {"county": "Berrien County", "reason": "ICE misspells the county.", "source_url": "https://example.org/berrien"}""");
        assertThat(settled.status()).as(settled.body().toString()).isBetween(200, 201);
        client.headlineAt(settled.body().path("position").asText());

        JsonNode after = client.read("/v1/statistics/coverage");
        assertThat(after.path("counties").asInt()).isEqualTo(321);
        assertThat(after.path("settled").path(0).path("county_fips").asText()).isEqualTo("26021");
        assertThat(client.read("/v1/statistics/coverage?as_of=2025-06-06")
                        .path("counties")
                        .asInt())
                .as("what was known on that day")
                .isEqualTo(320);
    }

    @Test
    void an_outside_reader_of_the_topic_counts_the_same_and_every_event_keeps_the_contract() {
        var contract = new Contract();
        var faults = new ArrayList<String>();
        OutsideReader reader = OutsideReader.readAll(ledger.bootstrapServers(), event -> contract.faults(event)
                .forEach(
                        fault -> faults.add("%s %s".formatted(event.path("type").asText(), fault))));

        assertThat(faults).isEmpty();
        assertThat(reader.repeated()).isEmpty();
        assertThat(reader.sample()).isFalse();
        assertThat(reader.sheets()).isEqualTo(2);
        assertThat(reader.listed()).isEqualTo(649);
        assertThat(reader.listedSignedBefore(SINCE)).isEqualTo(135);
        assertThat(reader.listedSignedOnOrAfter(SINCE)).isEqualTo(514);
        assertThat(reader.states()).isEqualTo(40);
        assertThat(reader.statesWithOnesSignedOnOrAfter(SINCE)).isEqualTo(36);
        assertThat(reader.agencies()).isEqualTo(531);
        assertThat(reader.agenciesWith("task_force")).isEqualTo(315);
        assertThat(reader.bySupportType())
                .isEqualTo(Map.of("task_force", 315L, "warrant_service_officer", 232L, "jail_enforcement", 102L));
        assertThat(reader.pendingApplications()).isEqualTo(79);
        assertThat(reader.listedIn("FL")).isEqualTo(277);
    }

    @Test
    void every_row_can_be_looked_up_with_its_raw_cells_and_what_became_of_it() {
        for (JsonNode sheet : client.everyItemOfAgreements("/v1/sheets")) {
            String id = sheet.path("sheet_id").asText();
            List<JsonNode> rows = client.everyItemOfAgreements("/v1/sheets/%s/rows".formatted(id));

            assertThat(rows)
                    .as(sheet.path("file_name").asText())
                    .hasSize(sheet.at("/rows/data").asInt());
            var numbers = new HashSet<String>();
            for (JsonNode row : rows) {
                assertThat(row.path("raw").size()).as(row.toString()).isGreaterThanOrEqualTo(5);
                assertThat(row.path("became").size()).as(row.toString()).isPositive();
                numbers.add(row.path("tab").asText() + " " + row.path("row").asText()
                        + row.path("number").asText());
            }
            assertThat(numbers).hasSameSizeAs(rows);
        }
    }

    @Test
    void the_same_files_again_change_nothing() throws IOException {
        JsonNode before = client.headline(Client.SINCE);
        long events =
                OutsideReader.readAll(ledger.bootstrapServers(), event -> {}).sequence();

        for (Workbook workbook : sheets.ofJuneSixth()) {
            // Under another name and key, as somebody else might.
            Path copy = Files.copy(workbook.file(), ledger.home().resolve("again-" + workbook.fileName()));
            Client.Answer answer = client.post(new Workbook(workbook.kind(), copy, workbook.dataRows()));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            assertThat(answer.body().path("already_imported").asBoolean()).isTrue();
        }

        assertThat(client.headline(Client.SINCE)).isEqualTo(before);
        assertThat(OutsideReader.readAll(ledger.bootstrapServers(), event -> {}).sequence())
                .isEqualTo(events);
    }

    @Test
    void an_older_workbook_is_refused_and_changes_nothing() throws IOException {
        assertRefused(409, client.post(sheets.participating("06042025am", 641)));
        assertRefused(409, client.post(sheets.pending("06032025pm", 82)));
    }

    @Test
    void what_is_not_a_workbook_is_refused_in_words() throws IOException {
        Workbook named = sheets.participating("06172025pm", 706);
        byte[] page = "<!DOCTYPE html><html><body>Access Denied</body></html>".getBytes(UTF_8);

        Client.Answer answer = client.post(named, page);

        assertThat(answer.status()).isBetween(400, 422);
        assertProblem(answer);
    }

    @Test
    void sample_data_is_refused_by_a_ledger_of_real_data() throws IOException {
        Workbook newer = sheets.participating("06172025pm", 706);
        byte[] markedAsSample = WorkbookParts.of(newer.file())
                .with("docProps/custom.xml", GoldenFiguresIT::withSampleProperty)
                .toBytes();

        Client.Answer answer = client.post(newer, markedAsSample);

        assertRefused(422, answer);
        assertThat(answer.body().path("detail").asText()).containsIgnoringCase("sample");
    }

    private void assertRefused(int status, Client.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertProblem(answer);
        assertThat(client.headline(Client.SINCE).path("agreements").asInt()).isEqualTo(649);
        assertThat(client.headline(Client.SINCE).path("pending_applications").asInt())
                .isEqualTo(79);
    }

    private static void assertProblem(Client.Answer answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body().path("type").asText()).isNotBlank();
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    private static byte[] withSampleProperty(byte[] custom) {
        String property = """
                <property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="287" name="ledger287.sample">\
                <vt:bool xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">true</vt:bool>\
                </property>""";
        String text = new String(custom, UTF_8);
        return text.replaceFirst("</(\\w+:)?Properties>", property + "$0").getBytes(UTF_8);
    }
}
