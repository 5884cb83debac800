package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import ledger287.system.StrictSubscriber.Told;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Subscribers of two instances of reporting-service, over lines that are cut again and again, while everything that a
 * change passes through is killed. {@code -Dledger287.changes=50000 -Dledger287.cuts=500 -Dledger287.kill-rounds=2} is
 * the full size; docs/performance.md tells what came of it.
 */
final class SubscriptionsIT {

    private static final int LINES_AT_ONCE = 100;
    private static final int EVENTS_OF_A_LINE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int CHANGES = Integer.getInteger("ledger287.changes", 3_000);
    private static final int CUTS = Integer.getInteger("ledger287.cuts", 40);
    private static final int KILL_ROUNDS = Integer.getInteger("ledger287.kill-rounds", 1);

    private static Path directory;
    private static RunningLedger ledger;
    private static AnotherReporting another;

    @BeforeAll
    static void up(@TempDir Path temporary) {
        directory = temporary;
        // The examples wait as long as they are told; the readers come from one address.
        var settings = Map.of("LEDGER287_REPORTING_STREAM_HEARTBEAT", "1S");
        ledger = RunningLedger.up(temporary.resolve("home"), settings);
        another = AnotherReporting.beside(ledger, settings);
    }

    @AfterAll
    static void stop() {
        AnotherReporting second = anotherOrNull();
        if (second != null) {
            second.close();
        }
        RunningLedger first = ledgerOrNull();
        if (first != null) {
            first.close();
        }
    }

    private static @Nullable AnotherReporting anotherOrNull() {
        return another;
    }

    private static @Nullable RunningLedger ledgerOrNull() {
        return ledger;
    }

    /** Something that can be killed and comes back. */
    private record Victim(String name, Runnable kill) {}

    @Test
    void an_instance_that_projects_nothing_tells_of_every_change_too_with_the_same_cursors() throws IOException {
        String begin = ledger.client().headline("").path("feed_position").asText();
        try (var here = new StrictSubscriber(stream(ledger.reportingPort(), ""), begin);
                var there = new StrictSubscriber(stream(another.port(), ""), begin)) {
            for (int round = 1; round <= 5; round++) {
                ledger.client().recordAll("two-instances-" + round, List.of(line("two-" + round, "NM")));
                int expected = round * EVENTS_OF_A_LINE;
                await("both instances")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> here.count() >= expected && there.count() >= expected);
            }
            assertThat(there.told()).isEqualTo(here.told()).isEqualTo(everything(begin, ""));
        }
    }

    @Test
    void an_instance_that_is_stopped_ends_its_streams_whole_and_tells_each_when_to_come_back() throws IOException {
        try {
            var waits = new ArrayList<String>();
            var open = new ArrayList<BufferedReader>();
            for (int i = 0; i < 20; i++) {
                InputStream stream =
                        URI.create(stream(another.port(), "?state=HI")).toURL().openStream();
                open.add(new BufferedReader(new InputStreamReader(stream, UTF_8)));
                assertThat(open.getLast().readLine()).isEqualTo("retry: 3000");
            }
            another.stop();
            for (BufferedReader stream : open) {
                // To its end: a stream that was broken off would throw.
                List<String> rest =
                        stream.lines().filter(line -> !line.isEmpty()).toList();
                assertThat(rest.getLast()).startsWith("retry: ");
                waits.add(rest.getLast());
            }
            assertThat(Set.copyOf(waits)).as("not all at once").hasSizeGreaterThan(10);
        } finally {
            another.startAgain();
        }
    }

    @Test
    void whoever_is_cut_off_again_and_again_has_every_change_once_and_in_order_at_the_end() throws Exception {
        long seed = Long.getLong("ledger287.seed", new Random().nextLong());
        System.out.printf(
                "Subscriptions: -Dledger287.seed=%d, %,d changes, %d cuts for each subscriber, %d rounds of kills%n",
                seed, CHANGES, CUTS, KILL_ROUNDS);
        var random = new Random(seed);
        String begin = ledger.client().headline("").path("feed_position").asText();
        var servers = List.of(ledger.reportingPort(), another.port());
        var lines = new ArrayList<CuttingProxy>();
        var strict = new LinkedHashMap<String, StrictSubscriber>();
        var examples = new LinkedHashMap<String, ExampleClient>();
        try {
            for (String query : List.of(
                    "/v1/stream",
                    "/v1/stream?state=WA",
                    "/v1/stream?state=OR&type=claim.*",
                    "/v1/stream.ndjson",
                    "/v1/stream.ndjson?region=mountain&type=operation.recorded")) {
                var line = new CuttingProxy(servers, CUTS, new Random(random.nextLong()));
                lines.add(line);
                strict.put(query, new StrictSubscriber(line.address() + query, begin));
            }
            Map<String, List<String>> programs = Map.of(
                    "/v1/stream", List.of("node", "follow.mjs"),
                    "/v1/stream?state=WA", List.of("python3", "subscribe.py"),
                    "/v1/stream?state=OR&type=claim.*", List.of(java(), "Subscribe.java"));
            var exampleLines = new ArrayList<CuttingProxy>();
            programs.forEach((query, program) -> {
                // They wait before they come back, as they should, so there is time for fewer cuts.
                var line = new CuttingProxy(servers, Math.max(3, CUTS / 8), new Random(random.nextLong()));
                exampleLines.add(line);
                examples.put(query, ExampleClient.start(directory, program, line.address() + query, begin));
            });

            flow(random, lines, strict.values(), victims(random, examples));
            String end = ledger.client()
                    .recordAll("last", List.of(line("last-1", "WA"), line("last-2", "OR"), line("last-3", "NM")));
            String head = ledger.client().headlineAt(end).path("feed_position").asText();
            System.out.printf(
                    "  %,d changes; cuts: %s; of the examples: %s%n",
                    StrictSubscriber.sequence(head) - StrictSubscriber.sequence(begin),
                    lines.stream().map(CuttingProxy::cuts).toList(),
                    exampleLines.stream().map(CuttingProxy::cuts).toList());
            assertThat(lines).allSatisfy(line -> assertThat(line.cuts()).isGreaterThanOrEqualTo(CUTS));

            strict.forEach((query, subscriber) -> {
                List<Told> expected = everything(begin, query.replaceAll("^[^?]*\\??", "&"));
                assertThat(expected).as(query).isNotEmpty();
                await(query)
                        .atMost(PATIENCE)
                        .until(() -> subscriber.count() >= expected.size() || subscriber.broken() != null);
                assertThat(subscriber.broken()).as(query).isNull();
                assertThat(subscriber.told()).as(query).isEqualTo(expected);
                if (!query.contains("?")) {
                    assertThat(expected)
                            .extracting(Told::sequence)
                            .as("without a gap")
                            .containsExactlyElementsOf(LongStream.rangeClosed(
                                            StrictSubscriber.sequence(begin) + 1, StrictSubscriber.sequence(head))
                                    .boxed()
                                    .toList());
                }
            });
            examples.forEach((query, example) -> {
                List<Told> expected = everything(begin, query.replaceAll("^[^?]*\\??", "&"));
                await(query)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> example.told().size() >= expected.size() || !example.alive());
                assertThat(example.told()).as(() -> example.end(5)).isEqualTo(expected);
            });
        } finally {
            strict.values().forEach(StrictSubscriber::close);
            examples.values().forEach(ExampleClient::close);
            lines.forEach(CuttingProxy::close);
        }
    }

    /** Lets changes flow as long as it takes to cut every line as often as wished, and kills on the way. */
    private static void flow(
            Random random, List<CuttingProxy> lines, Collection<StrictSubscriber> subscribers, List<Victim> victims) {
        int batches = Math.max(1, CHANGES / (LINES_AT_ONCE * EVENTS_OF_A_LINE));
        int killed = 0;
        for (int batch = 0; batch < batches; batch++) {
            double done = (double) batch / batches;
            awaitCuts(lines, subscribers, (int) (CUTS * done));
            while (killed < victims.size() && done >= (killed + 0.5) / victims.size()) {
                Victim victim = victims.get(killed++);
                System.out.printf("  at %.0f %% kills %s%n", 100 * done, victim.name());
                victim.kill().run();
            }
            var operations = new ArrayList<String>();
            for (int i = 0; i < LINES_AT_ONCE; i++) {
                String state = List.of("WA", "OR", "NM", "KS").get(random.nextInt(4));
                operations.add(line("flow-%d-%d".formatted(batch, i), state));
            }
            ledger.client().recordAll("flow-" + batch, operations);
        }
        awaitCuts(lines, subscribers, CUTS);
    }

    private static void awaitCuts(List<CuttingProxy> lines, Collection<StrictSubscriber> subscribers, int cuts) {
        await("enough cuts")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    assertThat(subscribers).allSatisfy(subscriber -> assertThat(subscriber.broken())
                            .isNull());
                    return lines.stream().allMatch(line -> line.cuts() >= cuts);
                });
    }

    private static List<Victim> victims(Random random, Map<String, ExampleClient> examples) {
        var victims = new ArrayList<Victim>();
        for (int round = 0; round < KILL_ROUNDS; round++) {
            var these = new ArrayList<>(List.of(
                    new Victim("reporting-service", () -> ledger.kill(RunningLedger.Program.REPORTING)),
                    new Victim("the other reporting-service", another::killAndStartAgain),
                    new Victim("operations-service", () -> ledger.kill(RunningLedger.Program.OPERATIONS)),
                    new Victim("the broker", () -> ledger.kill(RunningLedger.Program.BROKER)),
                    new Victim("the database", () -> ledger.kill(RunningLedger.Program.DATABASE)),
                    new Victim("the examples", () -> examples.values().forEach(ExampleClient::killAndStartAgain))));
            Collections.shuffle(these, random);
            victims.addAll(these);
        }
        return victims;
    }

    /** The same by polling, which is the other way to have everything. */
    private static List<Told> everything(String begin, String filter) {
        var told = new ArrayList<Told>();
        String cursor = begin;
        while (true) {
            JsonNode page = ledger.client().readPatiently("/v1/changes?limit=1000&cursor=" + cursor + filter);
            for (JsonNode change : page.path("items")) {
                told.add(new Told(
                        StrictSubscriber.sequence(change.path("cursor").asText()),
                        change.path("id").asText()));
            }
            cursor = page.path("next_cursor").asText();
            if (page.path("items").isEmpty()) {
                return told;
            }
        }
    }

    private static String stream(int port, String query) {
        return "http://127.0.0.1:" + port + "/v1/stream" + query;
    }

    private static String line(String id, String state) {
        return """
                {"line_id": "%1$s", "operation": {"external_id": "%1$s", "name": "Fictional operation %1$s", "start": "2025-05", "places": [{"state": "%2$s"}], "claims": [{"metric": "arrests", "figure": "at least 7", "published_on": "2025-06-20", "speaker": {"organization": "A fictional agency"}, "source_url": "https://news.example.org/%1$s"}]}}""".formatted(id, state);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
