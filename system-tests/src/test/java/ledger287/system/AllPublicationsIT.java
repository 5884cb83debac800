package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger287.system.HeadlineWatcher.Shown;
import ledger287.system.RunningLedger.Program;
import ledger287.system.outsider.OutsideReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All 36 workbooks in order of publication: once in peace, and once more while the ledger's parts are killed. */
final class AllPublicationsIT {

    /** Cursors, and moments of recording or of asking. */
    private static final List<String> OF_ITS_OWN = List.of("feed_position", "citation", "as_of", "on", "last_change");

    /** How often each program is killed. More, for a night, with {@code -Dledger287.kill-rounds}. */
    private static final int KILL_ROUNDS = 2;

    private static final String SERIES = "/v1/statistics/series?measure=agreements&by=model&interval=week&basis=signed";

    /** What is asked after each import; the position follows. */
    private static final List<String> PINNED_ADDRESSES = List.of(
            SERIES + "&position=",
            SERIES.replace("series?", "series.csv?") + "&position=",
            "/v1/agreements.parquet?state=GA&position=",
            "/v1/agreements.ndjson?state=GA&position=",
            "/v1/statistics/states?" + Client.SINCE + "&position=");

    /** Answers as they were given after each import, by their addresses, which pin the position. */
    private static final Map<String, byte[]> PINNED = new TreeMap<>();

    private static final Pattern LINE = Pattern.compile("<td><a href=\"/(?:agreements|applications)/([0-9a-f-]{36})");

    private static List<Workbook> workbooks;
    private static RunningLedger ledger;
    private static Client client;
    private static List<Import> imports;
    private static HeadlineWatcher watcher;
    private static JsonNode seriesOfJuneSixth = MissingNode.getInstance();

    /**
     * One import.
     *
     * @param headline the first one to reflect it
     * @param visibleAfter from the beginning of the upload until the headline reflected it
     */
    private record Import(Workbook workbook, JsonNode report, JsonNode headline, Duration visibleAfter) {}

    @BeforeAll
    static void feed(@TempDir Path directory) throws IOException {
        workbooks = IceSheets.find().all();
        ledger = startedWithTheFirst(directory);
        client = ledger.client();
        imports = new ArrayList<>();
        try (HeadlineWatcher watching = new HeadlineWatcher(client)) {
            watcher = watching;
            for (Workbook workbook : workbooks.subList(1, workbooks.size())) {
                Import one = imported(client, workbook);
                imports.add(one);
                for (String address : PINNED_ADDRESSES) {
                    String pinned =
                            address + one.headline().path("feed_position").asText();
                    PINNED.put(pinned, client.bytes(pinned));
                }
                if (workbook.fileName().contains("06062025")) {
                    seriesOfJuneSixth = client.read(SERIES + "&as_of=2025-06-06");
                }
            }
        }
        List<Duration> warm =
                imports.stream().skip(5).map(Import::visibleAfter).sorted().toList();
        System.out.printf(
                "Upload to visible in the headline: median %d ms, slowest %d ms, of %d imports after the first 5%n",
                warm.get(warm.size() / 2).toMillis(), warm.getLast().toMillis(), warm.size());
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
    void after_each_import_exactly_the_rows_of_the_sheet_are_listed() {
        for (Import one : imports) {
            String name = one.workbook().fileName();
            assertThat(one.report().at("/rows/data").asInt())
                    .as(name)
                    .isEqualTo(one.workbook().dataRows());
            assertThat(one.report().path("listed_after").asInt())
                    .as(name)
                    .isEqualTo(one.workbook().dataRows());
            assertThat(shownOf(one.headline(), one.workbook().kind()))
                    .as(name)
                    .isEqualTo(one.workbook().dataRows());
        }
    }

    /** The importing service accounts for each row by its number; the pages have only what is published. */
    @Test
    void the_page_of_each_import_tells_every_row_once_and_as_what_the_importing_service_made_of_it() {
        for (Import one : imports) {
            String sheet = one.report().path("sheet_id").asText();
            Map<String, Set<String>> accounted = new TreeMap<>();
            for (String outcome : List.of("new", "changed", "matched")) {
                accounted.put(outcome, new TreeSet<>());
            }
            for (JsonNode row : client.readAgreements("/v1/sheets/%s/rows?limit=1000".formatted(sheet))
                    .path("items")) {
                for (JsonNode became : row.path("became")) {
                    assertThat(accounted
                                    .computeIfAbsent(row.path("outcome").asText(), outcome -> new TreeSet<>())
                                    .add(became.asText().replaceFirst("^[a-z]+-", "")))
                            .isTrue();
                }
            }
            String name = one.workbook().fileName();
            assertThat(accounted.values().stream().mapToInt(Set::size).sum())
                    .as(name)
                    .isEqualTo(one.workbook().dataRows());
            assertThat(Map.of(
                            "new",
                            told(sheet, "new"),
                            "changed",
                            told(sheet, "changed"),
                            "matched",
                            told(sheet, "same")))
                    .as(name)
                    .isEqualTo(accounted);
        }
    }

    /** What the lines of an import's page stand for. */
    private static Set<String> told(String sheet, String rows) {
        var told = new TreeSet<String>();
        for (int page = 1; ; page++) {
            String html = new String(client.bytes("/imports/%s?rows=%s&page=%d".formatted(sheet, rows, page)), UTF_8);
            assertThat(html).contains("Each is told below");
            int table = html.indexOf("id=\"row-by-row-table\"");
            Matcher line = LINE.matcher(html.substring(table, html.indexOf("</div>", table)));
            while (line.find()) {
                assertThat(told.add(line.group(1))).as(line.group()).isTrue();
            }
            if (!html.contains(">Next page</a>")) {
                return told;
            }
        }
    }

    @Test
    void the_past_is_still_what_it_was() {
        GoldenFigures.check(client, "&as_of=2025-06-06", false);
        assertThat(agreementsAsOf("2025-05-16")).isEqualTo("571");
        assertThat(agreementsAsOf("2025-05-14")).isEqualTo("null");
        assertThat(agreementsAsOf("2025-05-15")).isEqualTo("null");
        for (Workbook workbook : workbooks) {
            String day = day(workbook);
            Workbook newest = newestOfTheDay(workbook);
            assertThat(shownOf(client.headline(Client.SINCE + "&as_of=" + day), workbook.kind()))
                    .as("as of %s, %s", day, workbook.kind())
                    .isEqualTo(newest.dataRows());
        }
    }

    @Test
    void the_partner_of_the_documented_operation_is_known_by_the_name_that_ice_once_gave_it() {
        JsonNode stops = GoldenOperations.check(client);
        GoldenOperations.checkPartner(stops);
        assertThat(stops.at("/partners/0/match/rule").asText()).isEqualTo("abbreviation");
    }

    @Test
    void every_publication_pinned_by_its_position_answers_as_it_did_then() {
        for (Import one : imports) {
            String position = one.headline().path("feed_position").asText();
            JsonNode pinned = client.headline(Client.SINCE + "&position=" + position);
            assertThat(Shown.in(pinned)).as(position).isEqualTo(Shown.in(one.headline()));
        }
    }

    @Test
    void the_series_ends_at_the_headline_for_every_publication_and_so_do_states_and_models() {
        for (Workbook workbook : workbooks) {
            if (workbook.kind() != Workbook.Kind.PARTICIPATING) {
                continue;
            }
            String asOf = "&as_of=" + day(workbook);
            JsonNode headline = client.headline(Client.SINCE + asOf);
            JsonNode items = client.read(SERIES + asOf).path("items");
            JsonNode last = items.path(items.size() - 1);
            assertThat(last.path("agreements")).as(asOf).isEqualTo(headline.path("agreements"));
            assertThat(last.path("by_model")).as(asOf).isEqualTo(headline.path("by_model"));
            assertThat(sum(headline.path("by_model")))
                    .as(asOf)
                    .isEqualTo(headline.path("agreements").asInt());
            JsonNode states =
                    client.read("/v1/statistics/states?" + Client.SINCE + asOf).path("items");
            int ofStates = 0;
            for (JsonNode state : states) {
                ofStates += state.path("agreements").asInt();
            }
            assertThat(ofStates).as(asOf).isEqualTo(headline.path("agreements").asInt());
            JsonNode listed = client.read("/v1/statistics/series?basis=listed&interval=day&by=state" + asOf)
                    .path("items");
            assertThat(sum(listed.path(listed.size() - 1).path("by_state")))
                    .as(asOf)
                    .isEqualTo(headline.path("agreements").asInt());
        }
    }

    /** Two workbooks of one day are told apart only by the hour at which each came out. */
    @Test
    void at_the_moment_of_each_publication_the_series_ends_at_its_rows() {
        for (JsonNode sheet : client.read("/v1/sources").path("items")) {
            if (!sheet.path("kind").asText().equals("participating")) {
                continue;
            }
            String asOf = "&as_of=" + sheet.path("published_at").asText();
            int rows = sheet.path("listed_after").asInt();
            JsonNode headline = client.headline(Client.SINCE + asOf);
            assertThat(headline.path("agreements").asInt()).as(asOf).isEqualTo(rows);
            for (String basis : List.of("signed", "listed")) {
                JsonNode items =
                        client.read(SERIES.replace("signed", basis) + asOf).path("items");
                JsonNode last = items.path(items.size() - 1);
                assertThat(last.path("agreements").asInt()).as(asOf).isEqualTo(rows);
                assertThat(last.path("by_model")).as(asOf).isEqualTo(headline.path("by_model"));
            }
        }
    }

    @Test
    void whatever_a_figure_is_divided_by_the_parts_add_up_to_the_headline() {
        // Divisions and the Southeast lie within regions; these and what is of none of them are the whole.
        List<String> regions = List.of("northeast", "midwest", "south", "west", "territories", "unknown");
        for (String moment : List.of("", "&as_of=2025-06-06", "&on=2025-06-06")) {
            JsonNode headline = client.headline(Client.SINCE + moment);
            List<String> measures = moment.contains("on=")
                    ? List.of("agreements", "new_agreements")
                    : List.of("agreements", "new_agreements", "pending_applications", "unlisted");
            for (String measure : measures) {
                for (String by : List.of("model", "state", "agency_type", "region")) {
                    String asked =
                            "/v1/statistics/series?interval=month&measure=%s&by=%s%s".formatted(measure, by, moment);
                    JsonNode items = client.read(asked).path("items");
                    JsonNode last = items.path(items.size() - 1);
                    JsonNode divided = last.path("by_" + by);
                    int parts = by.equals("region")
                            ? regions.stream()
                                    .mapToInt(region -> divided.path(region).asInt())
                                    .sum()
                            : sum(divided);
                    assertThat(parts).as(asked).isEqualTo(last.path(measure).asInt());
                    assertThat(last.path(measure)).as(asked).isEqualTo(headline.path(measure));
                }
            }
            assertThat(sum(headline.path("by_agency_type")))
                    .as(moment)
                    .isEqualTo(headline.path("agreements").asInt());
        }
        JsonNode ofRegions =
                client.read("/v1/statistics/series?by=region&as_of=2025-06-06").path("items");
        assertThat(ofRegions
                        .path(ofRegions.size() - 1)
                        .at("/by_region/southeast")
                        .asInt())
                .isEqualTo(406);
        assertThat(client.headline("region=southeast&as_of=2025-06-06")
                        .path("agreements")
                        .asInt())
                .isEqualTo(406);
    }

    @Test
    void the_series_as_of_June_6_is_the_same_before_and_after_later_sheets() {
        assertThat(client.read(SERIES + "&as_of=2025-06-06").path("items"))
                .isEqualTo(seriesOfJuneSixth.path("items"))
                .isNotEmpty();
    }

    @Test
    void an_answer_pinned_by_its_position_is_byte_identical_for_ever_and_in_every_life_of_the_service() {
        assertThat(PINNED).hasSize((workbooks.size() - 1) * PINNED_ADDRESSES.size());
        PINNED.forEach((address, bytes) ->
                assertThat(client.bytes(address)).as(address).isEqualTo(bytes));
        ledger.kill(Program.REPORTING);
        client.headlineAt(imports.getLast().report().path("position").asText());
        PINNED.forEach((address, bytes) ->
                assertThat(client.bytes(address)).as(address).isEqualTo(bytes));
    }

    @Test
    void what_was_in_force_on_June_6_is_650_and_revisions_name_each_difference() {
        JsonNode headline = client.headline(Client.SINCE + "&on=2025-06-06");
        assertThat(headline.path("agreements").asInt()).isEqualTo(650);
        assertThat(headline.path("uncertain").asInt()).isEqualTo(1);

        JsonNode revisions = client.read("/v1/statistics/revisions?limit=1000&between=2025-06-06,2025-06-27");
        var figures = new TreeMap<String, String>();
        revisions
                .path("figures")
                .forEach(figure -> figures.put(
                        figure.path("measure").asText(), figure.path("published") + " " + figure.path("now")));
        assertThat(figures).containsEntry("agreements", "649 650").containsEntry("uncertain", "null 1");
        var byChange = new TreeMap<String, List<String>>();
        for (JsonNode item : revisions.path("items")) {
            assertThat(item.path("events").size()).as(item.toString()).isPositive();
            // Counted by hand are the agreements; applications stand beside them.
            if (!item.path("kind").asText().equals("agreement")) {
                continue;
            }
            byChange.computeIfAbsent(item.path("change").asText(), change -> new ArrayList<>())
                    .add(item.path("agency_name").asText());
        }
        assertThat(byChange.get("added")).containsExactly("Zephyrhills Police Department");
        assertThat(byChange.get("uncertain")).containsExactly("Butler County Sheriff's Office");
        assertThat(byChange.keySet()).containsExactlyInAnyOrder("added", "restated", "uncertain");
        // Of the eleven days of signing corrected on June 27 three are of agreements first listed after June 6; two
        // counties were filled in.
        assertThat(byChange.get("restated")).hasSize(11 - 3 + 2);
    }

    @Test
    void the_funnel_is_as_counted_by_hand() {
        JsonNode funnel = client.read("/v1/statistics/applications");
        assertThat(funnel.path("filed").asInt()).isEqualTo(219);
        assertThat(funnel.path("granted").asInt()).isEqualTo(153);
        assertThat(funnel.path("granted_still_listed").asInt()).isEqualTo(1);
        assertThat(funnel.path("awaiting_outcome").asInt()).isEqualTo(6);
        assertThat(funnel.path("open").asInt()).isEqualTo(60);
        JsonNode days = funnel.path("days_to_sign");
        assertThat(days.path("measured").asInt() + days.path("not_measurable").asInt())
                .isEqualTo(153);
        // No workbook proves that one was signed before it was first listed; many may have been.
        assertThat(days.path("negative").asInt()).isZero();
        assertThat(days.path("possibly_negative").asInt()).isPositive();
        assertThat(days.path("median").path("low").asInt())
                .isLessThanOrEqualTo(days.path("median").path("high").asInt());
        System.out.println("Days to sign: " + days);
    }

    private static int sum(JsonNode figures) {
        int sum = 0;
        for (JsonNode figure : figures) {
            sum += figure.asInt();
        }
        return sum;
    }

    private static String day(Workbook workbook) {
        return workbook.fileName().replaceFirst("\\D+(\\d\\d)(\\d\\d)(\\d{4}).*", "$3-$1-$2");
    }

    @Test
    void every_row_of_every_sheet_is_accounted_for() {
        List<JsonNode> sheets = client.everyItemOfAgreements("/v1/sheets");
        assertThat(sheets).hasSize(36);
        for (JsonNode sheet : sheets) {
            List<JsonNode> rows = client.everyItemOfAgreements(
                    "/v1/sheets/%s/rows".formatted(sheet.path("sheet_id").asText()));
            assertThat(rows).hasSize(sheet.at("/rows/data").asInt()).allMatch(row -> !row.path("became")
                    .isEmpty());
        }
    }

    @Test
    void a_reader_who_looks_all_the_time_never_sees_half_an_import() {
        assertNoHalfImport(watcher);
    }

    @Test
    void killed_at_any_moment_of_an_import_the_ledger_comes_out_as_if_nothing_had_happened(@TempDir Path directory)
            throws IOException {
        long seed = Long.getLong("ledger287.seed", System.nanoTime());
        System.out.println("Kills with seed " + seed + " (repeat with -Dledger287.seed=" + seed + ")");
        var random = new Random(seed);
        Deque<Program> victims = victims(random, Integer.getInteger("ledger287.kill-rounds", KILL_ROUNDS));
        // Between two kills the ledger has an import or more in peace, in which to show what the kill left behind.
        int killEvery = imports.size() / victims.size();
        assertThat(killEvery)
                .as("imports to a kill; fewer rounds fit with -Dledger287.kill-rounds")
                .isGreaterThanOrEqualTo(2);
        long window = imports.stream()
                        .map(Import::visibleAfter)
                        .sorted()
                        .toList()
                        .get(imports.size() / 2)
                        .toNanos()
                * 3
                / 2;

        List<Import> disturbed = new ArrayList<>();
        try (RunningLedger other = startedWithTheFirst(directory);
                HeadlineWatcher watching = new HeadlineWatcher(other.client())) {
            for (int i = 1; i < workbooks.size(); i++) {
                Workbook workbook = workbooks.get(i);
                if (i % killEvery == 1 && !victims.isEmpty()) {
                    disturbed.add(importedWhileKilling(other, workbook, victims.pop(), random.nextLong(window)));
                } else {
                    disturbed.add(imported(other.client(), workbook));
                }
            }
            assertThat(victims).isEmpty();

            for (int i = 0; i < imports.size(); i++) {
                assertThat(comparable(disturbed.get(i).report()))
                        .as(imports.get(i).workbook().fileName())
                        .isEqualTo(comparable(imports.get(i).report()));
            }
            assertThat(comparable(other.client().headline(Client.SINCE)))
                    .isEqualTo(comparable(client.headline(Client.SINCE)));
            assertThat(agreements(other.client())).isEqualTo(agreements(client));
            watching.stop();
            assertNoHalfImport(watching);

            OutsideReader topic = OutsideReader.readAll(other.bootstrapServers(), event -> {});
            OutsideReader undisturbed = OutsideReader.readAll(ledger.bootstrapServers(), event -> {});
            assertThat(topic.repeated())
                    .as("events that stand on the topic twice")
                    .isEmpty();
            assertThat(topic.sequence()).isEqualTo(undisturbed.sequence());
            assertThat(topic.listed()).isEqualTo(737);
            assertThat(topic.pendingApplications()).isEqualTo(61);
        }
    }

    private static RunningLedger startedWithTheFirst(Path directory) throws IOException {
        Path fed = Files.createDirectories(directory.resolve("sheets"));
        Workbook first = workbooks.getFirst();
        Files.copy(first.file(), fed.resolve(first.fileName()));
        return RunningLedger.up(directory.resolve("home"), "--sheets", fed.toString());
    }

    private static Import imported(Client client, Workbook workbook) {
        long begin = System.nanoTime();
        JsonNode report = client.importNew(workbook);
        JsonNode headline = client.headlineAt(report.path("position").asText());
        return new Import(workbook, report, headline, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Import importedWhileKilling(
            RunningLedger ledger, Workbook workbook, Program victim, long afterNanos) {
        var importing = CompletableFuture.supplyAsync(() -> imported(ledger.client(), workbook));
        // The moment is the point: anywhere between the upload and its being visible, or just after.
        LockSupport.parkNanos(afterNanos);
        ledger.kill(victim);
        Import done = importing.join();
        System.out.printf(
                "%s killed %d ms into %s: visible after %d ms%n",
                victim,
                Duration.ofNanos(afterNanos).toMillis(),
                workbook.fileName(),
                done.visibleAfter().toMillis());
        return done;
    }

    private static Deque<Program> victims(Random random, int rounds) {
        var victims = new ArrayDeque<Program>();
        for (int i = 0; i < rounds; i++) {
            List<Program> round = new ArrayList<>(List.of(Program.values()));
            Collections.shuffle(round, random);
            victims.addAll(round);
        }
        return victims;
    }

    /** What was shown has to be, in order, some of the states that the ledger was in after an import. */
    private static void assertNoHalfImport(HeadlineWatcher watcher) {
        Deque<Shown> states = new ArrayDeque<>();
        states.add(new Shown(null, workbooks.getFirst().dataRows()));
        imports.forEach(one -> states.add(Shown.in(one.headline())));
        assertThat(watcher.looks()).isGreaterThan(imports.size());
        assertThat(watcher.incomplete()).isEmpty();
        for (Shown shown : watcher.shown()) {
            while (!states.isEmpty() && !states.peek().equals(shown)) {
                states.pop();
            }
            assertThat(states)
                    .as("%s was shown, after no import or out of order", shown)
                    .isNotEmpty();
        }
    }

    private static Workbook newestOfTheDay(Workbook workbook) {
        String day = workbook.fileName().replaceFirst("(\\D+\\d{8}).*", "$1");
        return workbooks.stream()
                .filter(other -> other.fileName().startsWith(day))
                .reduce(workbook, (earlier, later) -> later);
    }

    private static int shownOf(JsonNode headline, Workbook.Kind kind) {
        return switch (kind) {
            case PARTICIPATING -> headline.path("agreements").asInt(-1);
            case PENDING -> headline.path("pending_applications").asInt(-1);
        };
    }

    private static String agreementsAsOf(String day) {
        return client.headline(Client.SINCE + "&as_of=" + day)
                .path("agreements")
                .toString();
    }

    /** Without what is rightly of its own in each ledger, at any depth. */
    private static JsonNode comparable(JsonNode answer) {
        JsonNode rest = answer.deepCopy();
        for (String id : List.of("sheet_id", "operation_id", "claim_id")) {
            rest.findParents(id).forEach(parent -> ((ObjectNode) parent).remove(id));
        }
        ((ObjectNode) rest).remove(OF_ITS_OWN);
        return rest;
    }

    /** Every agreement without ids, counted. */
    private static Map<String, Integer> agreements(Client client) {
        var counted = new TreeMap<String, Integer>();
        for (JsonNode agreement : client.read("/v1/agreements?limit=1000").path("items")) {
            var text = new StringBuilder();
            Stream.of(
                            "agency_name",
                            "state",
                            "county",
                            "agency_type",
                            "support_type",
                            "signed_on",
                            "signed_precision",
                            "status",
                            "listed",
                            "provisional",
                            "first_listed_at",
                            "last_listed_at",
                            "first_absent_at")
                    .forEach(field -> text.append(agreement.path(field)).append('|'));
            counted.merge(text.toString(), 1, Integer::sum);
        }
        assertThat(counted).hasSizeGreaterThan(700);
        return counted;
    }
}
