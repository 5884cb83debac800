package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What may happen to a topic, a broker and a database while we follow. One log runs through all tests, in order; after
 * each, the query stores hold everything that was published, once.
 */
@QuarkusTest
@QuarkusTestResource(value = KillableServers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class IngestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DAY = "2025-06-06T13:00:00Z";

    private final String topicName;
    private final URI root;
    private final Reader reader;
    private final TestLedger ledger = new TestLedger();
    private final List<TestLedger.Event> published = new ArrayList<>();
    private int listed;
    private Topic topic;

    IngestTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root) {
        this.topicName = topicName;
        this.root = root;
        this.reader = new Reader(root);
        this.topic = new Topic(topicName, KillableServers.kafka().bootstrapServers());
    }

    @BeforeAll
    static void beQuick() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    @Order(1)
    void beforeThereIsATopicItWaitsAndFiguresAreNull() throws Exception {
        assertThat(headline().path("agreements").isNull()).isTrue();
        assertThat(headline().path("sample").isNull()).isTrue();
        await().untilAsserted(() ->
                assertThat(health().path("data").path("degraded").asBoolean()).isFalse());
    }

    @Test
    @Order(2)
    void anAppendIsThereOnceTheTopicHasIt() throws Exception {
        topic.create();
        ledger.open(false, DAY);
        importOf("Quillmarsh");
        assertEverythingIsThere();
    }

    @Test
    @Order(3)
    void halfAnAppendIsSeenByNobody() throws Exception {
        int before = listed;
        List<TestLedger.Event> events = appendOf("Half", 3);
        List<TestLedger.Event> half = events.subList(0, 4);
        double batches = batches();
        topic.publish(half);
        await().until(() -> batches() > batches);
        assertThat(headline().path("agreements").asInt()).isEqualTo(before);
        assertThat(reader.json("/v1/agreements?q=Half&listed=any").path("count").asInt())
                .isZero();

        topic.publish(events.subList(4, events.size()));
        published.addAll(events);
        assertEverythingIsThere();
    }

    @Test
    @Order(4)
    void duplicatesAndOldEventsAgainChangeNothing() throws Exception {
        topic.publish(published);
        topic.publish(published.subList(0, 3));
        importOf("Onceonly");
        assertEverythingIsThere();
    }

    @Test
    @Order(5)
    void aGapStopsItLoudlyAndNothingIsSkippedUntilTheMissingEventComes() throws Exception {
        String position = headline().path("feed_position").asText();
        List<TestLedger.Event> events = appendOf("Gap", 1);
        topic.publish(events.subList(1, events.size()));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(health().path("data").path("degraded").asBoolean()).isTrue();
            assertThat(health().path("data").path("reason").asText()).contains("missing");
        });
        assertThat(headline().path("feed_position").asText()).isEqualTo(position);

        topic.publish(events.getFirst());
        published.addAll(events);
        assertEverythingIsThere();
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(
                        health().path("data").path("degraded").asBoolean())
                .isFalse());
    }

    @Test
    @Order(6)
    void anEventThatCannotBeProjectedIsParkedWithItsSubjectAndNothingElse() throws Exception {
        String agency = "Poison County Sheriff's Office";
        ledger.sign(agency, "GA", "task_force", "2025-05-08", DAY)
                .agreement("date-changed", agency, "task_force", DAY, image -> image.put("signed_precision", "century"))
                .agreement(
                        "attribute-changed", agency, "task_force", DAY, image -> image.put("county", "Poison County"))
                .sign("Healthy PD", "FL", "jail_enforcement", "2025-05-08", DAY)
                .imported("participating", listed + 2, DAY);
        listed += 2;
        List<TestLedger.Event> events = ledger.endAppend();
        topic.publish(events);
        awaitPosition();

        assertThat(reader.json("/v1/agreements?q=Healthy").path("count").asInt())
                .isEqualTo(1);
        JsonNode poisoned = reader.json("/v1/agreements/" + TestLedger.id(agency + "task_force"));
        assertThat(poisoned.path("signed_precision").asText()).isEqualTo("day");
        assertThat(poisoned.path("county").isNull()).isTrue();
        assertThat(poisoned.path("complete").asBoolean()).isFalse();
        assertThat(poisoned.path("incomplete_because").toString()).contains("agreement-");
        assertThat(reader.get("/").body()).contains("These figures are not complete.");
        assertThat(metric("ledger287_parked_events")).isEqualTo(2);

        assertThat(reader.get("/v1/parked").statusCode()).isEqualTo(401);
        assertThat(reader.get("/v1/parked", "Authorization", "Bearer " + Servers.EDITOR_KEY)
                        .statusCode())
                .isEqualTo(403);
        String parked = asAdmin("GET", "/v1/parked").body();
        assertThat(JSON.readTree(parked).path("count").asInt()).isEqualTo(2);

        String subject = "agreement-" + TestLedger.id(agency + "task_force");
        HttpResponse<String> refused = asAdmin("POST", "/v1/parked/" + subject + "/replay");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("century");
        assertThat(reader.json("/v1/statistics/headline").path("complete").asBoolean())
                .isFalse();
        String whileParked = headline().path("feed_position").asText();

        repairParked(subject, "century", "year");
        assertThat(asAdmin("POST", "/v1/parked/" + subject + "/replay").statusCode())
                .isEqualTo(200);
        JsonNode mended = reader.json("/v1/agreements/" + TestLedger.id(agency + "task_force"));
        assertThat(mended.path("signed_precision").asText()).isEqualTo("year");
        assertThat(mended.path("county").asText()).isEqualTo("Poison County");
        assertThat(mended.path("complete").asBoolean()).isTrue();
        assertThat(reader.json("/v1/statistics/headline?position=" + whileParked)
                        .path("complete")
                        .asBoolean())
                .as("an answer pinned to when it was incomplete says so for ever")
                .isFalse();
        // The two came late, so the order of the change log is no longer that of the log; all are there, once.
        published.addAll(events);
        assertThat(allChanges()).hasSize(published.size());
    }

    @Test
    @Order(7)
    void bytesThatAreNoEventAreParkedAndForgottenWhenNothingIsMissing() throws Exception {
        topic.publishRaw("nobody", new byte[] {(byte) 0xff, 0, 1});
        await().untilAsserted(() ->
                assertThat(headline().path("complete").asBoolean()).isFalse());

        importOf("Afterwards");
        awaitPosition();
        assertThat(headline().path("complete").asBoolean())
                .as("the next event came, so the bytes were none of ours")
                .isTrue();
        assertThat(headline().path("agreements").asInt()).isEqualTo(listed);
    }

    @Test
    @Order(8)
    void aListThatDoesNotAddUpToItsWorkbookIsCalledIncompleteUntilTheNextOneDoes() throws Exception {
        ledger.imported("participating", listed + 5, DAY);
        publishAppend();
        awaitPosition();
        assertThat(headline().path("incomplete_because").toString()).contains("lists " + (listed + 5));

        importOf("Straight");
        awaitPosition();
        assertThat(headline().path("complete").asBoolean()).isTrue();
    }

    @Test
    @Order(9)
    void aBrokerThatDiesMakesItDegradedNotUnreadyAndItGoesOnAfterwards() throws Exception {
        KillableServers.kafka().kill();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode ready = JSON.readTree(reader.get("/q/health/ready").body());
            assertThat(ready.path("status").asText()).isEqualTo("UP");
            assertThat(health().path("data").path("reason").asText()).contains("broker");
        });
        assertThat(headline().path("agreements").asInt()).isEqualTo(listed);

        KillableServers.kafka().restart();
        reconnectPublisher();
        importOf("Phoenix");
        awaitPosition();
        assertThat(headline().path("agreements").asInt()).isEqualTo(listed);
    }

    @Test
    @Order(10)
    void aDatabaseThatDiesInTheMiddleLosesAndDoublesNothingAndStreamsGoOnAfterIt() throws Exception {
        String begin = headline().path("feed_position").asText();
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService subscriber = Executors.newSingleThreadExecutor()) {
            Future<List<String>> told = subscriber.submit(() -> subscribe(begin, enough));
            try {
                killTheDatabaseAgainAndAgain();
            } finally {
                enough.set(true);
            }
            assertThat(distinctPositions()).isEqualTo(allChanges().size());
            String epoch = begin.substring(0, begin.indexOf('-') + 1);
            assertThat(told.get())
                    .containsExactlyElementsOf(LongStream.rangeClosed(sequence(begin) + 1, sequence(head()))
                            .mapToObj(sequence -> epoch + sequence)
                            .toList());
        }
    }

    @Test
    @Order(11)
    void streamsEndAfterALifetimeThatDiffersAndSayWhenToComeBack() throws Exception {
        List<OpenStream> open = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            open.add(new OpenStream(root, "/v1/stream?type=ledger.*"));
        }
        long begun = System.nanoTime();
        List<Double> lifetimes = new ArrayList<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Double>> ends = new ArrayList<>();
            for (OpenStream stream : open) {
                ends.add(readers.submit(() -> {
                    OpenStream.Message last = stream.next().orElseThrow();
                    for (Optional<OpenStream.Message> next = Optional.of(last);
                            next.isPresent();
                            next = stream.next()) {
                        last = next.get();
                    }
                    assertThat(Integer.parseInt(String.valueOf(last.retry()))).isBetween(500, 5_000);
                    return (System.nanoTime() - begun) / 1e9;
                }));
            }
            for (Future<Double> end : ends) {
                lifetimes.add(end.get());
            }
        }
        assertThat(lifetimes).as("4 s, a quarter more or less").allMatch(seconds -> seconds > 2.5);
        assertThat(Collections.max(lifetimes) - Collections.min(lifetimes)).isGreaterThan(0.2);
    }

    private void killTheDatabaseAgainAndAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<TestLedger.Event> events = new ArrayList<>();
            for (int append = 0; append < 5; append++) {
                events.addAll(appendOf("Killed" + round + "-" + append + "-", 40));
            }
            published.addAll(events);
            topic.publish(events);
            KillableServers.postgres().kill();
            KillableServers.postgres().restart();
            awaitPosition();
            assertThat(headline().path("agreements").asInt()).isEqualTo(listed);
            assertThat(headline().path("complete").asBoolean()).isTrue();
        }
    }

    /** The cursors that a subscriber is told, who comes back whenever his stream ends, until he has the newest. */
    private List<String> subscribe(String begin, AtomicBoolean enough) throws Exception {
        List<String> told = new ArrayList<>();
        String last = begin;
        while (!enough.get() || !last.equals(head())) {
            try (OpenStream stream = new OpenStream(root, "/v1/stream", "Last-Event-ID", last)) {
                assertThat(stream.status()).isEqualTo(200);
                for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                    OpenStream.Message message = next.get();
                    assertThat(message.event()).isNull();
                    if (message.data() != null) {
                        told.add(String.valueOf(message.id()));
                    }
                    last = message.id() == null ? last : message.id();
                }
            }
        }
        return told;
    }

    private String head() throws Exception {
        return headline().path("feed_position").asText();
    }

    private static long sequence(String cursor) {
        return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
    }

    @Test
    @Order(12)
    void aTopicMadeAnewAndPublishedAgainFromTheStartDoesNoHarm() throws Exception {
        topic.delete();
        topic.close();
        await().ignoreExceptions().atMost(Duration.ofSeconds(30)).until(() -> {
            topic = new Topic(topicName, KillableServers.kafka().bootstrapServers());
            topic.create();
            return true;
        });
        topic.publish(published);
        importOf("Anew");
        awaitPosition();
        assertThat(headline().path("agreements").asInt()).isEqualTo(listed);
        assertThat(headline().path("complete").asBoolean()).isTrue();
        assertThat(distinctPositions()).isEqualTo(ledger.position());
    }

    /** Publishes a workbook that lists one agreement more. */
    private void importOf(String agency) {
        List<TestLedger.Event> events = appendOf(agency, 1);
        topic.publish(events);
        published.addAll(events);
    }

    /** A workbook that lists so many agreements more; not published. */
    private List<TestLedger.Event> appendOf(String prefix, int agreements) {
        for (int i = 0; i < agreements; i++) {
            ledger.sign(prefix + i + " Police Department", "GA", "task_force", "2025-05-08", DAY);
        }
        listed += agreements;
        return ledger.imported("participating", listed, DAY).endAppend();
    }

    private void publishAppend() {
        List<TestLedger.Event> events = ledger.endAppend();
        topic.publish(events);
        published.addAll(events);
    }

    private void reconnectPublisher() {
        topic.close();
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).until(() -> {
            topic = new Topic(topicName, KillableServers.kafka().bootstrapServers());
            return true;
        });
    }

    private void awaitPosition() {
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        reader.get("/v1/statistics/headline?wait=5&min_position=agreements:" + ledger.position())
                                .statusCode())
                .isEqualTo(200));
    }

    private void assertEverythingIsThere() throws Exception {
        awaitPosition();
        assertThat(headline().path("agreements").asInt()).isEqualTo(listed);
        assertThat(headline().path("complete").asBoolean()).isTrue();
        List<String> changes = allChanges();
        assertThat(changes)
                .isEqualTo(published.stream()
                        .map(event -> "%020d".formatted(event.position()))
                        .toList());
    }

    /** The log's positions in the order of the change log. */
    private List<String> allChanges() throws IOException, InterruptedException {
        List<String> positions = new ArrayList<>();
        String cursor = "earliest";
        while (true) {
            JsonNode page = reader.json("/v1/changes?limit=1000&cursor=" + cursor);
            page.path("items")
                    .forEach(item -> positions.add(item.path("sequence").asText()));
            if (page.path("items").isEmpty()) {
                return positions;
            }
            cursor = page.path("next_cursor").asText();
        }
    }

    private long distinctPositions() throws IOException, InterruptedException {
        return allChanges().stream().distinct().count();
    }

    private JsonNode headline() throws IOException, InterruptedException {
        return reader.json("/v1/statistics/headline");
    }

    private JsonNode health() throws IOException, InterruptedException {
        for (JsonNode check :
                JSON.readTree(reader.get("/q/health/ready").body()).path("checks")) {
            if (check.path("name").asText().equals("projection")) {
                return check;
            }
        }
        throw new AssertionError("no health check of the projection");
    }

    private double batches() throws IOException, InterruptedException {
        return metric("ledger287_projection_seconds_count{log=\"agreements\"");
    }

    private double metric(String name) throws IOException, InterruptedException {
        return reader.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    private HttpResponse<String> asAdmin(String method, String path) throws IOException, InterruptedException {
        return reader.send(method, path, "Authorization", "Bearer " + Servers.ADMIN_KEY);
    }

    /** Stands for a new version of the service, which can read what this one cannot. */
    private static void repairParked(String subject, String from, String to) throws Exception {
        try (Connection connection = KillableServers.postgres().connect("killable");
                PreparedStatement update = connection.prepareStatement("""
                        update parked_event
                           set raw = convert_to(replace(convert_from(raw, 'UTF8'), ?, ?), 'UTF8')
                         where subject = ?
                        """)) {
            update.setString(1, from);
            update.setString(2, to);
            update.setString(3, subject);
            assertThat(update.executeUpdate()).isEqualTo(2);
        }
    }
}
