package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.WireFeedInput;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a subscriber may rely on: nothing is lost, nothing comes out of order, and what cannot be told is said. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = QuickStreams.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String TFM = "task_force";
    private static final int MANY = 200;

    private final URI root;
    private final Topic topic;
    private final Reader reader;
    private final DataSource database;
    private final TestLedger ledger = new TestLedger();
    private int agreements;

    StreamTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root,
            DataSource database) {
        this.root = root;
        this.database = database;
        this.topic = new Topic(topicName);
        this.reader = new Reader(root);
    }

    @BeforeAll
    void begin() throws Exception {
        topic.create();
        ledger.open(false, JUNE_4);
        publish("GA", 20);
        awaitPosition();
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void whatIsToldIsTheNextChangeAfterTheHeadlineAndIsInEveryAnswerAlready() throws Exception {
        for (int round = 0; round < 5; round++) {
            JsonNode before = reader.json("/v1/statistics/headline");
            String position = before.path("feed_position").asText();
            try (OpenStream stream = new OpenStream(root, "/v1/stream?cursor=" + position)) {
                assertThat(stream.status()).isEqualTo(200);
                assertThat(stream.header("Content-Type")).hasValue("text/event-stream");
                assertThat(stream.header("Cache-Control")).hasValue("no-store");
                assertThat(stream.header("X-Accel-Buffering")).hasValue("no");
                assertThat(stream.header("Access-Control-Allow-Origin")).hasValue("*");
                OpenStream.Message opening = stream.next().orElseThrow();
                assertThat(opening).isEqualTo(new OpenStream.Message(position, null, null, "3000"));
                publish("GA", 1);
                OpenStream.Message message = stream.nextWithData();
                assertThat(sequence(message.id())).isEqualTo(sequence(position) + 1);
                assertThat(message.event()).isNull();
                assertThat(reader.json("/v1/statistics/headline")
                                .path("agreements")
                                .asInt())
                        .isEqualTo(before.path("agreements").asInt() + 1);
                JsonNode polled = reader.json("/v1/changes?limit=1&cursor=" + position);
                assertThat(JSON.readTree(message.data()))
                        .as("the same on every transport")
                        .isEqualTo(polled.path("items").get(0));
                assertThat(polled.path("next_cursor").asText()).isEqualTo(message.id());
            }
        }
    }

    @Test
    void howeverManyChangesComeTheFirstEventAfterAFeedPositionIsTheNextAndIsInEveryAnswerAtOnce() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService editor = Executors.newSingleThreadExecutor()) {
            Future<?> publishing = editor.submit(() -> {
                while (!enough.get()) {
                    publish("UT", 1);
                }
            });
            try {
                for (int round = 0; round < 40; round++) {
                    HttpResponse<String> before = reader.get("/v1/statistics/headline?state=UT");
                    String position =
                            before.headers().firstValue("Feed-Position").orElseThrow();
                    try (OpenStream stream = new OpenStream(root, "/v1/stream?cursor=" + position)) {
                        for (int next = 1; next <= 5; next++) {
                            OpenStream.Message message = stream.nextWithData();
                            assertThat(sequence(message.id())).isEqualTo(sequence(position) + next);
                            assertThat(sequence(head())).isGreaterThanOrEqualTo(sequence(message.id()));
                            JsonNode change = JSON.readTree(message.data());
                            String subject = change.path("subject").asText();
                            if (subject.startsWith("agreement-")) {
                                assertThat(reader.json("/v1/agreements/" + subject.substring("agreement-".length()))
                                                .path("state")
                                                .asText())
                                        .isEqualTo("UT");
                            }
                        }
                    }
                }
            } finally {
                enough.set(true);
            }
            publishing.get();
        }
        awaitPosition();
    }

    @Test
    void aReaderFromTheEarliestGetsEverythingFromTheDatabaseAndThenFromMemory() throws Exception {
        publish("TX", QuickStreams.TAIL);
        awaitPosition();
        try (OpenStream stream = new OpenStream(root, "/v1/stream?cursor=earliest")) {
            for (long expected = 1; expected <= ledger.position(); expected++) {
                assertThat(sequence(stream.nextWithData().id())).isEqualTo(expected);
            }
            publish("TX", 1);
            assertThat(sequence(stream.nextWithData().id())).isEqualTo(ledger.position() - 2);
        }
        assertThat(lines("/v1/stream.ndjson?since=earliest", 50)).hasSize(50);
    }

    @Test
    void linesCarryTheSameAndSayWhenNothingComes() throws Exception {
        String position = head();
        try (OpenStream stream =
                new OpenStream(root, "/v1/stream?cursor=" + position, "Accept", "application/x-ndjson")) {
            assertThat(stream.header("Content-Type")).hasValue("application/x-ndjson");
            for (int i = 0; i < 3; i++) {
                JsonNode alive = JSON.readTree(stream.bodyLine());
                assertThat(alive.path("type").asText()).isEqualTo("heartbeat");
                assertThat(alive.path("cursor").asText()).isEqualTo(position);
            }
        }
    }

    @Test
    void aQuietFilterIsToldHowFarTheLogHasBeenLookedThrough() throws Exception {
        try (OpenStream stream = new OpenStream(root, "/v1/stream?state=HI&cursor=earliest")) {
            publish("GA", 3);
            awaitPosition();
            String head = head();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                OpenStream.Message message = stream.next().orElseThrow();
                assertThat(message.data()).isNull();
                return head.equals(message.id());
            });
        }
    }

    @Test
    void filtersLookAtTheImageBeforeAndTheImageAfter() throws Exception {
        String position = head();
        ledger.sign("Moving Police Department", "FL", TFM, "2025-05-08", JUNE_4)
                .agreement("state-changed", "Moving Police Department", TFM, JUNE_4, image -> image.put("state", "WY"))
                .agreement(
                        "date-changed",
                        "Moving Police Department",
                        TFM,
                        JUNE_4,
                        image -> image.put("signed_on", "2025-05-09"))
                .imported("participating", ++agreements, JUNE_4);
        topic.publish(ledger.endAppend());
        awaitPosition();
        String from = "&cursor=" + position;
        assertThat(types("state=FL" + from, 3))
                .containsExactly("agency.registered", "agreement.signed", "agreement.state-changed");
        assertThat(types("state=WY" + from, 2)).containsExactly("agreement.state-changed", "agreement.date-changed");
        assertThat(types("region=southeast&type=agreement.*" + from, 2))
                .containsExactly("agreement.signed", "agreement.state-changed");
        assertThat(types("type=sheet.imported" + from, 1)).containsExactly("sheet.imported");
        assertThat(types("model=task_force&state=WY,FL" + from, 3))
                .containsExactly("agreement.signed", "agreement.state-changed", "agreement.date-changed");
        assertThat(types("agency_id=" + TestLedger.id("Moving Police Department") + from, 4))
                .containsExactly(
                        "agency.registered", "agreement.signed", "agreement.state-changed", "agreement.date-changed");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedByName() throws Exception {
        String position = head();
        String future = position.substring(0, position.indexOf('-')) + "-999999999";
        assertThat(refusal("/v1/stream?cursor=nonsense")).contains("'cursor' takes");
        assertThat(refusal("/v1/stream?cursor=" + future)).contains("not there yet");
        assertThat(refusal("/v1/stream?cursor=a%0D%0Ab-1")).contains("'cursor' takes");
        assertThat(refusal("/v1/stream?cursor=" + position + "&since=2025-01-01"))
                .contains("not both");
        assertThat(refusal("/v1/stream?since=yesterday")).contains("'since' takes");
        assertThat(refusal("/v1/stream?sate=FL")).contains("perhaps 'state'");
        assertThat(refusal("/v1/stream?state=XX")).contains("'state' does not take");
        assertThat(refusal("/v1/stream?type=agreement.signd")).contains("perhaps 'agreement.signed'");
        assertThat(refusal("/v1/stream/headline?as_of=2025-01-01")).contains("as_of");
        for (String nonsense : List.of("", "x", future, position + "0000000", "1-2-3", position + " " + position)) {
            assertThat(refusal("/v1/stream", "Last-Event-ID", nonsense)).contains("Last-Event-ID");
        }
        assertThat(refusal("/v1/stream", "Last-Event-ID", "x".repeat(1 << 20)))
                .contains("Last-Event-ID")
                .hasSizeLessThan(1_000);
        try (OpenStream stream = new OpenStream(root, "/v1/stream", "Last-Event-ID", "1\rInjected: yes")) {
            assertThat(stream.status()).isEqualTo(400);
        }
        assertThat(reader.send("POST", "/v1/stream").statusCode()).isEqualTo(405);
    }

    @Test
    void theLastEventIdWinsOverTheCursorOfTheAddress() throws Exception {
        publish("GA", 2);
        awaitPosition();
        String head = head();
        String earlier = head.replaceAll("-.*", "-" + (sequence(head) - 1));
        try (OpenStream stream = new OpenStream(root, "/v1/stream?cursor=earliest", "Last-Event-ID", earlier)) {
            assertThat(stream.nextWithData().id()).isEqualTo(head);
        }
    }

    @Test
    void aCursorOfAnotherChangeLogIsAnsweredByAResetAndThenEverything() throws Exception {
        try (OpenStream stream = new OpenStream(root, "/v1/stream", "Last-Event-ID", "0ther-5")) {
            OpenStream.Message reset = stream.next().orElseThrow();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.id()).isNull();
            JsonNode told = JSON.readTree(reset.data());
            assertThat(told.path("type").asText()).isEqualTo("reset");
            assertThat(told.path("floor").asText()).endsWith("-0");
            assertThat(told.path("snapshot").asText()).endsWith("/v1/statistics/headline");
            assertThat(sequence(stream.nextWithData().id())).isEqualTo(1);
        }
        JsonNode line =
                JSON.readTree(lines("/v1/stream.ndjson?cursor=0ther-5", 1).getFirst());
        assertThat(line.path("type").asText()).isEqualTo("reset");
        assertThat(reader.get("/v1/changes?cursor=0ther-5").statusCode()).isEqualTo(410);
    }

    @Test
    void whoIsConnectedWhileTheChangeLogIsBuiltAnewIsToldSoAndGoesOnFromItsFloor() throws Exception {
        try (OpenStream stream = new OpenStream(root, "/v1/stream?type=ledger.*");
                OpenStream lines = new OpenStream(root, "/v1/stream.ndjson?type=ledger.*")) {
            String before = stream.next().orElseThrow().id();
            try (Connection connection = database.getConnection();
                    Statement update = connection.createStatement()) {
                // As the old log ends and the new one is there: other instances of us see nothing else of it.
                update.execute("update change_head set epoch = 'e' || left(md5(epoch), 7)");
            }
            OpenStream.Message told = stream.next().orElseThrow();
            while (told.event() == null) {
                assertThat(told.id()).isEqualTo(before);
                told = stream.next().orElseThrow();
            }
            assertThat(told.event()).isEqualTo("reset");
            assertThat(JSON.readTree(told.data()).path("detail").asText()).contains(String.valueOf(before));
            String floor = JSON.readTree(told.data()).path("floor").asText();
            assertThat(floor).endsWith("-0").isNotEqualTo(before);
            assertThat(stream.nextWithData().id()).isEqualTo(floor.replace("-0", "-1"));
            JsonNode line = JSON.readTree(lines.bodyLine());
            while (line.path("type").asText().equals("heartbeat")) {
                line = JSON.readTree(lines.bodyLine());
            }
            assertThat(line.path("type").asText()).isEqualTo("reset");
            assertThat(JSON.readTree(lines.bodyLine()).path("cursor").asText()).isEqualTo(floor.replace("-0", "-1"));
            assertThat(reader.get("/v1/changes?cursor=" + before).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void aCursorOfTheNewChangeLogIsGoodBeforeItsNewestChangesAreInMemory() throws Exception {
        publish("GA", 1);
        awaitPosition();
        String old = head();
        try (Connection operator = database.getConnection();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            // Whoever reads the newest changes waits.
            statement.execute("lock table change in access exclusive mode");
            String anew;
            try (Connection another = database.getConnection();
                    Statement update = another.createStatement();
                    ResultSet head = update.executeQuery("""
                            update change_head set epoch = 'f' || left(md5(epoch), 7)
                            returning epoch || '-' || sequence
                            """)) {
                head.next();
                anew = head.getString(1);
            }
            try (OpenStream stream = new OpenStream(root, "/v1/stream?cursor=" + anew)) {
                for (int i = 0; i < 3; i++) {
                    OpenStream.Message alive = stream.next().orElseThrow();
                    assertThat(alive.event()).as("no reset").isNull();
                    assertThat(alive.id()).isEqualTo(anew).isNotEqualTo(old);
                }
                operator.rollback();
                publish("GA", 1);
                OpenStream.Message told = stream.nextWithData();
                assertThat(told.event()).as("no reset").isNull();
                assertThat(sequence(told.id())).isEqualTo(sequence(anew) + 1);
            }
        }
    }

    @Test
    void anIndependentReaderOfFeedsTakesTheAtomFeedAndTurnsItsPages() throws Exception {
        publish("AK", 4);
        awaitPosition();
        HttpResponse<String> answer = reader.get("/v1/changes.atom?state=AK&limit=3");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/atom+xml");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(reader.get("/v1/changes.atom?state=AK&limit=3", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        List<String> expected = new ArrayList<>();
        reader.json("/v1/changes?state=AK&order=newest&limit=1000")
                .path("items")
                .forEach(item -> expected.add("urn:uuid:" + item.path("id").asText()));
        assertThat(expected).hasSizeGreaterThan(6);

        List<String> ids = new ArrayList<>();
        String feedId = "";
        for (Optional<String> page = Optional.of("/v1/changes.atom?state=AK&limit=3"); page.isPresent(); ) {
            Feed feed = (Feed) new WireFeedInput()
                    .build(new StringReader(reader.get(page.get()).body()));
            assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
            assertThat(feedId).isIn("", feed.getId());
            feedId = feed.getId();
            assertThat(feed.getTitle()).isNotBlank();
            assertThat(feed.getUpdated()).isNotNull();
            assertThat(feed.getAuthors()).isNotEmpty();
            assertThat(relation(feed, "self"))
                    .hasValueSatisfying(self -> assertThat(self).contains("limit=3"));
            for (Entry entry : feed.getEntries()) {
                ids.add(entry.getId());
                assertThat(entry.getTitle()).isNotBlank();
                assertThat(entry.getUpdated()).isNotNull();
                assertThat(entry.getAlternateLinks()).isNotEmpty();
                assertThat(entry.getSummary().getValue()).isNotBlank();
            }
            page = relation(feed, "next").map(address -> address.replaceFirst("^https?://[^/]+", ""));
        }
        assertThat(ids).isEqualTo(expected);
        SyndFeed any = new SyndFeedInput()
                .build(new StringReader(
                        reader.get("/v1/changes.atom?type=ledger.*&state=AK").body()));
        assertThat(any.getEntries()).as("a feed without entries is a feed, too").isEmpty();
    }

    private static Optional<String> relation(Feed feed, String relation) {
        return Stream.concat(feed.getOtherLinks().stream(), feed.getAlternateLinks().stream())
                .filter(link -> relation.equals(link.getRel()))
                .map(Link::getHref)
                .findFirst();
    }

    @Test
    void readersWhoDoNotReadAreClosedAndNobodyElseWaitsForThem() throws Exception {
        publish("TX", 400);
        awaitPosition();
        List<OpenStream> stalled = new ArrayList<>();
        double before = metric("ledger287_stream_stalled_total");
        try {
            for (int i = 0; i < 20; i++) {
                stalled.add(new OpenStream(root, "/v1/stream?cursor=earliest", 4096));
            }
            try (OpenStream lively = new OpenStream(root, "/v1/stream?cursor=latest")) {
                lively.next();
                for (int i = 0; i < 5; i++) {
                    publish("GA", 1);
                    lively.nextWithData();
                    lively.nextWithData();
                    lively.nextWithData();
                }
                assertThat(metric("ledger287_stream_stalled_total"))
                        .as("those who do not read are still there")
                        .isLessThan(before + stalled.size());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> metric("ledger287_stream_stalled_total") >= before + stalled.size());
            for (OpenStream one : stalled) {
                assertThat(one.closedWithin(Duration.ofSeconds(5))).isTrue();
            }
        } finally {
            for (OpenStream one : stalled) {
                one.close();
            }
        }
    }

    @Test
    void moreStreamsThanAnAddressMayHaveAreRefusedUntilOthersEnd() throws Exception {
        List<OpenStream> open = new ArrayList<>();
        try {
            // Those of the tests before may not have been missed yet.
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                while (open.size() < QuickStreams.MOST) {
                    var one = new OpenStream(root, "/v1/stream");
                    if (one.status() != 200) {
                        one.close();
                        return false;
                    }
                    open.add(one);
                }
                return true;
            });
            try (OpenStream refused = new OpenStream(root, "/v1/stream/headline")) {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isPresent();
            }
        } finally {
            for (OpenStream one : open) {
                one.close();
            }
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (OpenStream again = new OpenStream(root, "/v1/stream")) {
                return again.status() == 200;
            }
        });
    }

    @Test
    void theHeadlineComesAtOnceAndAsItMovesAtMostFourTimesASecond() throws Exception {
        try (OpenStream stream = new OpenStream(root, "/v1/stream/headline?state=NV")) {
            OpenStream.Message first = next(stream);
            JsonNode figures = JSON.readTree(first.data());
            int before = figures.path("agreements").asInt();
            assertThat(figures.path("feed_position").asText()).isEqualTo(first.id());
            long begun = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                publish("NV", 1);
            }
            int messages = 0;
            long last = sequence(first.id());
            JsonNode newest = figures;
            while (newest.path("agreements").asInt() < before + MANY) {
                OpenStream.Message message = next(stream);
                newest = JSON.readTree(message.data());
                assertThat(sequence(message.id())).isGreaterThan(last);
                last = sequence(message.id());
                assertThat(reader.json("/v1/statistics/headline?state=NV&position=" + message.id())
                                .path("agreements"))
                        .as("the figures are those of their cursor")
                        .isEqualTo(newest.path("agreements"));
                messages++;
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            OpenStream.Message quiet = stream.next().orElseThrow();
            while (!"heartbeat".equals(quiet.event())) {
                newest = quiet.data() == null ? newest : JSON.readTree(quiet.data());
                quiet = stream.next().orElseThrow();
            }
            assertThat(JSON.readTree(quiet.data()).path("cursor").asText())
                    .as("a heartbeat names the position of the figures that were shown last")
                    .isEqualTo(newest.path("feed_position").asText());
            assertThat((double) messages).isLessThanOrEqualTo(4 * seconds + 2);
            JsonNode asked = reader.json("/v1/statistics/headline?state=NV");
            assertThat(newest.path("agreements")).isEqualTo(asked.path("agreements"));
        }
    }

    @Test
    void aHeadlineThatCannotBeReadKeepsNoOtherWaitingAndComesWhenItCan() throws Exception {
        List<OpenStream> failing = new ArrayList<>();
        List<OpenStream> others = new ArrayList<>();
        try {
            // Of these figures alone partners are a part.
            for (String filter : List.of("model=task_force", "model=unknown", "agency_type=county")) {
                failing.add(new OpenStream(root, "/v1/stream/headline?" + filter));
            }
            for (String state : List.of("AL", "AR", "AZ", "CO", "CT", "DE", "IA", "IL", "IN", "KY")) {
                others.add(new OpenStream(root, "/v1/stream/headline?state=" + state));
            }
            for (OpenStream one : failing) {
                next(one);
            }
            String head;
            execute("alter table operation_partner_key rename to away");
            try {
                publish("AL", 1);
                awaitPosition();
                head = head();
                for (OpenStream other : others) {
                    awaitFigures(other, head);
                }
            } finally {
                execute("alter table away rename to operation_partner_key");
            }
            for (OpenStream one : failing) {
                awaitFigures(one, head);
            }
        } finally {
            failing.addAll(others);
            for (OpenStream one : failing) {
                one.close();
            }
        }
    }

    /** Reads figures until they are those of a cursor, or newer. */
    private static void awaitFigures(OpenStream stream, String cursor) throws IOException {
        while (sequence(next(stream).id()) < sequence(cursor)) {
            // Older ones.
        }
    }

    @Test
    void whoIsCutOffAgainAndAgainMissesNothing() throws Exception {
        long seed = Long.getLong("ledger287.seed", new Random().nextLong());
        int cuts = Integer.getInteger("ledger287.cuts", 60);
        int changes = Integer.getInteger("ledger287.changes", 1_500);
        System.out.println("whoIsCutOffAgainAndAgainMissesNothing: ledger287.seed=" + seed);
        String begin = head();
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<String>>> seen = new ArrayList<>();
            for (String filter : List.of("", "&state=ID", "&state=KS&type=agreement.*")) {
                Random random = new Random(seed + filter.length());
                seen.add(clients.submit(() -> collect(begin, filter, cuts, random, end)));
            }
            Callable<Void> publishing = () -> {
                Random random = new Random(seed);
                while (ledger.position() < sequence(begin) + changes) {
                    publish(random.nextBoolean() ? "ID" : "KS", 1 + random.nextInt(20));
                }
                return null;
            };
            publishing.call();
            awaitPosition();
            publish("ID", 1);
            publish("KS", 1);
            awaitPosition();
            end.set(sequence(head()));
            assertThat(List.copyOf(seen.get(0).get())).isEqualTo(polled(begin, ""));
            assertThat(List.copyOf(seen.get(1).get())).isEqualTo(polled(begin, "&state=ID"));
            assertThat(List.copyOf(seen.get(2).get())).isEqualTo(polled(begin, "&state=KS&type=agreement.*"));
            assertThat(seen.get(0).get()).hasSize((int) (end.get() - sequence(begin)));
        }
    }

    /** What a careful client has at the end: ids in the order in which they first came. */
    private Set<String> collect(String begin, String filter, int cuts, Random random, AtomicLong end)
            throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        String last = begin;
        int cut = 0;
        while (sequence(last) < end.get()) {
            int messages = cut++ < cuts ? random.nextInt(40) : Integer.MAX_VALUE;
            try (OpenStream stream =
                    new OpenStream(root, "/v1/stream?cursor=earliest" + filter, "Last-Event-ID", last)) {
                assertThat(stream.status()).isEqualTo(200);
                for (int i = 0; i < messages && sequence(last) < end.get(); i++) {
                    OpenStream.Message message = stream.next().orElse(null);
                    if (message == null) {
                        break;
                    }
                    if (message.data() != null) {
                        ids.add(JSON.readTree(message.data()).path("id").asText());
                    }
                    if (message.id() != null) {
                        assertThat(sequence(message.id())).isGreaterThanOrEqualTo(sequence(last));
                        last = message.id();
                    }
                }
                stream.patience(Duration.ofMillis(5)).skip(random.nextInt(3_000));
            } catch (java.net.SocketTimeoutException nothingMoreToCut) {
                // Cut between two messages.
            }
        }
        return ids;
    }

    private List<String> polled(String begin, String filter) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String cursor = begin;
        while (true) {
            JsonNode page = reader.json("/v1/changes?limit=1000&cursor=" + cursor + filter);
            page.path("items").forEach(item -> ids.add(item.path("id").asText()));
            cursor = page.path("next_cursor").asText();
            if (page.path("items").isEmpty()) {
                return ids;
            }
        }
    }

    private List<String> types(String query, int count) throws IOException {
        List<String> types = new ArrayList<>();
        String position = head();
        try (OpenStream stream = new OpenStream(root, "/v1/stream?" + query)) {
            while (true) {
                OpenStream.Message message = stream.next().orElseThrow();
                if (message.data() != null) {
                    types.add(JSON.readTree(message.data())
                            .path("type")
                            .asText()
                            .replace("org.ledger287.", "")
                            .replace(".v1", ""));
                }
                if (position.equals(message.id())) {
                    assertThat(types).hasSize(count);
                    return types;
                }
            }
        }
    }

    private List<String> lines(String path, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        try (OpenStream stream = new OpenStream(root, path)) {
            while (lines.size() < count) {
                lines.add(stream.bodyLine());
            }
        }
        return lines;
    }

    private static OpenStream.Message next(OpenStream stream) throws IOException {
        OpenStream.Message message = stream.nextWithData();
        assertThat(message.event()).isNull();
        return message;
    }

    private String refusal(String path, String... headers) throws IOException {
        try (OpenStream stream = new OpenStream(root, path, headers)) {
            assertThat(stream.status()).as(path).isEqualTo(400);
            assertThat(stream.header("Content-Type")).hasValue("application/problem+json");
            int length = Integer.parseInt(stream.header("Content-Length").orElseThrow());
            return stream.text(length);
        }
    }

    private String head() throws IOException {
        try {
            return reader.json("/v1/statistics/headline").path("feed_position").asText();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static long sequence(@Nullable String cursor) {
        if (cursor == null) {
            throw new AssertionError("A change without a cursor");
        }
        return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
    }

    /** Publishes workbooks that each list one agreement more. */
    private void publish(String state, int count) {
        for (int i = 0; i < count; i++) {
            ledger.sign("Agency " + agreements, state, TFM, "2025-05-08", JUNE_4);
            agreements++;
        }
        topic.publish(ledger.imported("participating", agreements, JUNE_4).endAppend());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitPosition() throws IOException, InterruptedException {
        assertThat(reader.get("/v1/statistics/headline?wait=20&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
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
}
