package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What readers get, over HTTP, from a small history of four publications and two acts of an editor. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_17 = "2025-06-17T21:00:00Z";
    private static final String JULY_1 = "2025-07-01T13:00:00Z";
    private static final String JULY_8 = "2025-07-08T13:00:00Z";
    private static final String JULY_22 = "2025-07-22T13:00:00Z";
    private static final String JANUARY = "2026-01-05T10:00:00Z";
    private static final String TFM = "task_force";
    private static final String WSO = "warrant_service_officer";
    private static final String JEM = "jail_enforcement";
    private static final String SWITCHED = "Wexmoor County Sheriff's Office";
    private static final String FORMULA = "=HYPERLINK(\"http://example.org\") PD";

    private final Topic topic;
    private final Reader reader;
    private final TestLedger ledger = new TestLedger();

    AnswersTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root) {
        this.topic = new Topic(topicName);
        this.reader = new Reader(root);
    }

    @BeforeAll
    void publishHistory() throws Exception {
        topic.create();
        ledger.open(false, JUNE_4)
                .sign("Quillmarsh County Sheriff's Office", "GA", TFM, "2025-05-08", JUNE_4)
                .sign("Quillmarsh County Sheriff's Office", "GA", WSO, "2019-03-01", JUNE_4)
                .sign(SWITCHED, "PA", WSO, "2025-05-22", JUNE_4)
                .sign(FORMULA, "FL", TFM, "2025-03-01", JUNE_4)
                .sign("Undated Police Department", "TX", JEM, null, JUNE_4)
                .imported("participating", 5, JUNE_4);
        topic.publish(ledger.endAppend());
        ledger.file("Hopeful County Sheriff's Office", "AL", TFM, JUNE_4)
                .file("Longwait Police Department", "FL", TFM, JUNE_4)
                .imported("pending", 2, JUNE_4);
        topic.publish(ledger.endAppend());
        ledger.unlist(SWITCHED, WSO, JUNE_4, JUNE_6)
                .sign("Freshford County Sheriff's Office", "TX", JEM, "2025-06-05", JUNE_6)
                .imported("participating", 5, JUNE_6);
        topic.publish(ledger.endAppend());
        ledger.sign("City of Latebrook Police Department", "FL", TFM, "2025-04-14", JUNE_17)
                .agreement(
                        "date-changed",
                        "Quillmarsh County Sheriff's Office",
                        TFM,
                        JUNE_17,
                        image -> image.put("signed_on", "2025-05-09"))
                .change(
                        "application",
                        "granted",
                        TestLedger.id("applicationLongwait Police Department" + TFM),
                        JUNE_17,
                        image -> {
                            image.put("status", "granted");
                            image.put(
                                    "agreement_id",
                                    TestLedger.id("City of Latebrook Police Department" + TFM)
                                            .toString());
                            image.put("absent_before", "2025-05-28T13:00:00Z");
                        })
                .imported("participating", 6, JUNE_17);
        topic.publish(ledger.endAppend());
        awaitPosition();
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void asOfAnswersWhatWasListedThenAndNullBeforeTheFirstWorkbook() throws Exception {
        assertThat(headline("as_of=2025-06-03").path("agreements").isNull()).isTrue();
        assertThat(headline("as_of=2025-06-03").path("pending_applications").isNull())
                .isTrue();
        assertThat(reader.json("/v1/agreements?as_of=2025-06-03").path("count").isNull())
                .isTrue();
        assertThat(headline("as_of=2025-06-04T12:59:59Z").path("agreements").isNull())
                .isTrue();
        assertThat(headline("as_of=2025-06-04").path("agreements").asInt()).isEqualTo(5);
        assertThat(headline("as_of=2025-06-04").path("pending_applications").asInt())
                .isEqualTo(2);
        assertThat(headline("as_of=2025-06-06").path("agreements").asInt()).isEqualTo(5);
        assertThat(headline("as_of=2025-06-06").path("unlisted").asInt()).isEqualTo(1);
        assertThat(headline("as_of=2025-06-16").path("agreements").asInt()).isEqualTo(5);
        assertThat(headline("as_of=2025-06-17").path("agreements").asInt()).isEqualTo(6);
        assertThat(headline("").path("as_of").asText()).isGreaterThanOrEqualTo("2025-06-17");
    }

    @Test
    void onAnswersWhatWasInForceAndCountsApartWhatNobodyCanSay() throws Exception {
        JsonNode on = headline("on=2025-06-06&as_of=2025-06-30");

        // Quillmarsh twice, the formula, Freshford, and Latebrook, listed later but signed in April.
        assertThat(on.path("agreements").asInt()).isEqualTo(5);
        assertThat(on.path("uncertain").asInt()).isEqualTo(1);
        assertThat(on.path("not_determinable").asInt()).isEqualTo(1);
        assertThat(on.path("definitions").path("agreements").asText()).contains("ended before the first workbook");
        assertThat(reader.json("/v1/agreements?on=2025-06-06&as_of=2025-06-30")
                        .path("count")
                        .asInt())
                .isEqualTo(5);
        JsonNode uncertain = reader.json("/v1/agreements?on=2025-06-06&as_of=2025-06-30&listed=uncertain");
        assertThat(uncertain.path("items").path(0).path("agency_name").asText()).isEqualTo(SWITCHED);
        assertThat(headline("on=2025-06-04&as_of=2025-06-30").path("uncertain").asInt())
                .as("it was still listed on that day")
                .isZero();
        assertThat(headline("state=GA&on=2025-05-08&as_of=2025-06-16")
                        .path("agreements")
                        .asInt())
                .as("signed by then, as known before the correction")
                .isEqualTo(2);
        assertThat(headline("state=GA&on=2025-05-08&as_of=2025-06-30")
                        .path("agreements")
                        .asInt())
                .as("signed a day later, as known after it")
                .isEqualTo(1);
    }

    @Test
    void anEndingInADocumentEndsItAndAVagueOneIsNotDeterminable() throws Exception {
        ledger.sign("Endwell County Sheriff's Office", "NC", WSO, "2006-05-01", JANUARY)
                .agreement("ended", "Endwell County Sheriff's Office", WSO, JANUARY, image -> {
                    image.put("status", "ended");
                    image.put("listed", false);
                    var ended = image.putObject("ended");
                    ended.putNull("on");
                    ended.put("precision", "unknown");
                    ended.put("not_before", "2012-09-18");
                    ended.put("not_after", "2014-12-31");
                    ended.put("by", "ice");
                    ended.putNull("source_url");
                });
        publish();
        assertThat(inForceIn("NC", "2006-04-30")).isEqualTo(0);
        assertThat(inForceIn("NC", "2010-01-01")).isEqualTo(1);
        assertThat(headline("state=NC&on=2013-01-01").path("not_determinable").asInt())
                .isEqualTo(1);
        assertThat(inForceIn("NC", "2013-01-01")).isEqualTo(0);
        assertThat(headline("state=NC&on=2015-01-01").path("not_determinable").asInt())
                .isEqualTo(0);
    }

    @Test
    void anAnswerPinnedByPositionIsTheSameByteForByteWhateverComesLater() throws Exception {
        String position = headline("").path("feed_position").asText();
        List<String> paths = List.of(
                "/v1/statistics/headline?position=" + position,
                "/v1/statistics/states?position=" + position,
                "/v1/statistics/states.csv?position=" + position,
                "/v1/agreements?listed=any&position=" + position,
                "/v1/agreements.csv?position=" + position,
                "/v1/agencies?position=" + position,
                "/v1/applications?position=" + position,
                "/v1/sources?position=" + position,
                "/v1/changes?position=" + position);
        List<HttpResponse<String>> before = new ArrayList<>();
        for (String path : paths) {
            before.add(reader.get(path));
        }

        ledger.sign("Pinned County Sheriff's Office", "LA", TFM, "2025-06-01", JULY_1);
        publish();

        for (int i = 0; i < paths.size(); i++) {
            HttpResponse<String> after = reader.get(paths.get(i));
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(after.body()).as(paths.get(i)).isEqualTo(before.get(i).body());
            assertThat(after.headers().firstValue("ETag"))
                    .isEqualTo(before.get(i).headers().firstValue("ETag"));
            assertThat(after.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
            assertThat(after.headers().firstValue("Feed-Position")).hasValue(position);
        }
        assertThat(headline("state=LA").path("agreements").asInt()).isEqualTo(1);
        assertThat(headline("state=LA&position=" + position).path("agreements").asInt())
                .isZero();
    }

    @Test
    void aPositionInsideAnAppendMeansTheWholeAppend() throws Exception {
        JsonNode changes = reader.json("/v1/changes?limit=2");
        String second = changes.path("next_cursor").asText();
        JsonNode pinned = reader.json("/v1/statistics/headline?position=" + second);
        assertThat(pinned.path("agreements").asInt()).isEqualTo(5);
        assertThat(pinned.path("feed_position").asText()).isNotEqualTo(second);
    }

    @Test
    void anEtagSparesTheBodyUntilSomethingChanges() throws Exception {
        HttpResponse<String> first = reader.get("/v1/statistics/headline");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");

        HttpResponse<String> again = reader.get("/v1/statistics/headline", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(reader.get("/v1/statistics/headline?since=2025-01-20", "If-None-Match", "\"x\", W/" + tag)
                        .statusCode())
                .as("the default, given, is the same question")
                .isEqualTo(304);
        assertThat(reader.get("/v1/statistics/headline.csv", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);

        ledger.sign("Newtag County Sheriff's Office", "MS", TFM, "2025-06-01", JULY_1);
        publish();
        assertThat(reader.get("/v1/statistics/headline", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        HttpResponse<String> head = reader.send("HEAD", "/v1/statistics/headline");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isPresent();
        assertThat(reader.send("HEAD", "/v1/agreements.csv").statusCode()).isEqualTo(200);
    }

    @Test
    void csvIsWholeAndSafeForSpreadsheetsAndPagesDoNotDriftWhileImportsRun() throws Exception {
        for (int i = 0; i < 130; i++) {
            ledger.sign("Manyton " + i + " Police Department", "OK", WSO, "2025-02-01", JULY_1);
        }
        publish();
        int count = reader.json("/v1/agreements").path("count").asInt();
        List<String> csv = reader.get("/v1/agreements.csv").body().lines().toList();
        assertThat(csv).hasSize(count + 1);
        assertThat(csv.getFirst()).startsWith("agreement_id,agency_id,agency_name,state,");
        assertThat(csv).anyMatch(line -> line.contains("'=HYPERLINK"));
        assertThat(csv).noneMatch(line -> line.contains(",=") || line.contains("\"="));
        assertThat(reader.get("/v1/agreements", "Accept", "text/csv").body())
                .isEqualTo(reader.get("/v1/agreements.csv").body());

        Set<String> seen = new HashSet<>();
        String path = "/v1/agreements?limit=40&sort=-agency_name";
        int pages = 0;
        while (path != null) {
            HttpResponse<String> page = reader.get(path);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            JsonNode answer = JSON.readTree(page.body());
            assertThat(answer.path("count").asInt()).isEqualTo(count);
            for (JsonNode item : answer.path("items")) {
                assertThat(seen.add(item.path("agreement_id").asText())).isTrue();
            }
            String link = page.headers().firstValue("Link").orElse(null);
            assertThat(link == null).isEqualTo(answer.path("next_cursor").isNull());
            path = link == null ? null : link.substring(link.indexOf("/v1/"), link.indexOf('>'));
            ledger.sign("Aardvark " + pages + " Police Department", "OK", WSO, "2025-02-01", JULY_1);
            publish();
            pages++;
        }
        assertThat(seen).hasSize(count);
        String cursor =
                reader.json("/v1/agreements?limit=1").path("next_cursor").asText();
        assertThat(reader.get("/v1/agreements?state=OK&cursor=" + cursor).statusCode())
                .as("a cursor fits only its own question")
                .isEqualTo(400);
    }

    @Test
    void statesAndModelsAddUpToTheHeadlineWithARowForEveryStateAndForUnknown() throws Exception {
        ledger.sign("Nowhere Police Department", "GA", TFM, "2025-02-01", JULY_1)
                .agreement("attribute-changed", "Nowhere Police Department", TFM, JULY_1, image -> {
                    image.putNull("state");
                    image.putNull("agency_type");
                    image.putNull("support_type");
                });
        publish();
        JsonNode headline = headline("");
        JsonNode states = reader.json("/v1/statistics/states");
        assertThat(states.path("count").asInt()).isEqualTo(57);
        for (ToIntFunction<JsonNode> measure : List.<ToIntFunction<JsonNode>>of(
                row -> row.path("agreements").asInt(),
                row -> row.path("new_agreements").asInt(),
                row -> row.path("agencies").asInt(),
                row -> row.path("pending_applications").asInt(),
                row -> row.path("unlisted").asInt(),
                row -> row.path("by_model").path(TFM).asInt(),
                row -> row.path("by_agency_type").path("unknown").asInt())) {
            int sum = 0;
            for (JsonNode row : states.path("items")) {
                sum += measure.applyAsInt(row);
            }
            assertThat(sum).isEqualTo(measure.applyAsInt(headline));
        }
        assertThat(sum(headline.path("by_model")))
                .isEqualTo(headline.path("agreements").asInt());
        assertThat(sum(headline.path("by_agency_type")))
                .isEqualTo(headline.path("agreements").asInt());
        assertThat(headline.path("new_agreements").asInt()
                        + headline.path("agreements_before_since").asInt()
                        + headline.path("signed_unknown").asInt())
                .isEqualTo(headline.path("agreements").asInt());
        assertThat(reader.json("/v1/agreements?state=unknown&model=unknown")
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(reader.get("/v1/statistics/states.csv").body().lines()).hasSize(58);
    }

    @Test
    void filtersNarrowEveryFigure() throws Exception {
        assertThat(headline("state=GA&model=task_force&as_of=2025-06-17")
                        .path("agreements")
                        .asInt())
                .isGreaterThanOrEqualTo(1);
        assertThat(headline("region=southeast&as_of=2025-06-06")
                        .path("agreements")
                        .asInt())
                .isEqualTo(3);
        assertThat(headline("region=middle_atlantic&as_of=2025-06-04")
                        .path("agreements")
                        .asInt())
                .isEqualTo(1);
        assertThat(headline("agency_id=" + TestLedger.id("Quillmarsh County Sheriff's Office"))
                        .path("agreements")
                        .asInt())
                .isEqualTo(2);
        assertThat(headline("since=2025-06-05&as_of=2025-06-06")
                        .path("new_agreements")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void mergedAgenciesCountAsOne() throws Exception {
        ledger.sign("Twin PD", "WY", TFM, "2025-02-01", JULY_1)
                .sign("Twin Police Department", "WY", WSO, "2025-02-01", JULY_1);
        publish();
        String before = headline("").path("feed_position").asText();
        assertThat(headline("state=WY").path("agencies").asInt()).isEqualTo(2);
        ledger.change(
                "agency",
                "merged",
                TestLedger.id("Twin PD"),
                JANUARY,
                image -> image.put(
                        "merged_into", TestLedger.id("Twin Police Department").toString()));
        publish();
        assertThat(headline("state=WY").path("agencies").asInt()).isEqualTo(1);
        assertThat(reader.json("/v1/agencies?state=WY").path("count").asInt()).isEqualTo(1);
        assertThat(reader.json("/v1/agencies?state=WY")
                        .path("items")
                        .path(0)
                        .path("agreements")
                        .asInt())
                .isEqualTo(2);
        assertThat(headline("state=WY&position=" + before).path("agencies").asInt())
                .isEqualTo(2);
    }

    @Test
    void everyThingLeadsToItsReceipts() throws Exception {
        String id = TestLedger.id("Quillmarsh County Sheriff's Office" + TFM).toString();
        JsonNode agreement = reader.json("/v1/agreements/" + id);
        assertThat(agreement.path("signed_on").asText()).isEqualTo("2025-05-09");
        assertThat(reader.json("/v1/agreements/" + id + "?as_of=2025-06-06")
                        .path("signed_on")
                        .asText())
                .isEqualTo("2025-05-08");
        JsonNode history = reader.json("/v1/agreements/" + id + "/history");
        assertThat(history.path("items")).hasSize(2);
        JsonNode changed = history.path("items").path(1);
        assertThat(changed.path("changed").toString())
                .isEqualTo("[{\"field\":\"signed_on\",\"from\":\"2025-05-08\",\"to\":\"2025-05-09\"}]");
        assertThat(changed.path("id").asText())
                .isEqualTo(agreement.path("event_id").asText());
        assertThat(changed.path("data").has("evidence")).isTrue();
        assertThat(reader.get("/v1/agreements/" + TestLedger.id("nobody")).statusCode())
                .isEqualTo(404);
        assertThat(reader.get("/v1/agreements/not-an-id").statusCode()).isEqualTo(404);
    }

    @Test
    void aParameterThatCannotBeUsedIsRefusedByName() throws Exception {
        Map<String, String> bad = Map.ofEntries(
                Map.entry("/v1/statistics/headline?stat=FL", "stat"),
                Map.entry("/v1/statistics/headline?state=FLA", "state"),
                Map.entry("/v1/statistics/headline?state=", "state"),
                Map.entry("/v1/statistics/headline?as_of=2025-02-30", "as_of"),
                Map.entry("/v1/statistics/headline?as_of=0000-01-01", "as_of"),
                Map.entry("/v1/statistics/headline?on=yesterday", "on"),
                Map.entry("/v1/statistics/headline?since=2025-1-1", "since"),
                Map.entry("/v1/statistics/headline?since=2025-01-01&since=2025-01-02", "since"),
                Map.entry("/v1/statistics/headline?model=tfm", "model"),
                Map.entry("/v1/statistics/headline?position=abc", "position"),
                Map.entry("/v1/statistics/headline?position=EPOCH-99999999", "position"),
                Map.entry("/v1/statistics/headline?wait=5", "wait"),
                Map.entry("/v1/statistics/headline?min_position=agreements:1&wait=31", "wait"),
                Map.entry("/v1/statistics/headline?min_position=agreement:1", "min_position"),
                Map.entry("/v1/agreements?limit=-1", "limit"),
                Map.entry("/v1/agreements?limit=1000000000", "limit"),
                Map.entry("/v1/agreements?limit=1001", "limit"),
                Map.entry("/v1/agreements?cursor=Zm9yZ2Vk", "cursor"),
                Map.entry("/v1/agreements?sort=;drop%20table", "sort"),
                Map.entry("/v1/agreements?q=%00", "q"),
                Map.entry("/v1/agreements?agency_id=1", "agency_id"),
                Map.entry("/v1/agreements?state=" + "FL,".repeat(10_000 / 30) + "FL", "state"),
                Map.entry("/v1/applications?on=2025-06-06", "on"),
                Map.entry("/v1/changes?cursor=nonsense", "cursor"),
                Map.entry("/v1/changes?cursor=EPOCH-99999999", "cursor"));
        String epoch = headline("").path("feed_position").asText().replaceAll("-.*", "");
        for (Map.Entry<String, String> one : bad.entrySet()) {
            HttpResponse<String> refused = reader.get(one.getKey().replace("EPOCH", epoch));
            assertThat(refused.statusCode()).as(one.getKey() + refused.body()).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(JSON.readTree(refused.body()).path("parameter").asText())
                    .as(one.getKey())
                    .isEqualTo(one.getValue());
        }
        assertThat(JSON.readTree(reader.get("/v1/statistics/headline?stat=FL").body())
                        .path("suggestion")
                        .asText())
                .isEqualTo("state");
        assertThat(reader.get("/v1/statistics/headline?position=0ldep0ch-1").statusCode())
                .isEqualTo(410);
        assertThat(reader.get("/v1/changes?cursor=0ldep0ch-1").statusCode()).isEqualTo(410);
    }

    @Test
    void whatIsNotThereIsAProblemDocumentToo() throws Exception {
        for (String path : List.of("/v1/nothing", "/v1/agreements.xml", "/nothing")) {
            HttpResponse<String> response = reader.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(reader.send("DELETE", "/v1/agreements").statusCode()).isEqualTo(405);
        HttpResponse<String> unknownKey = reader.get("/v1/statistics/headline", "Authorization", "Bearer l287_wrong");
        HttpResponse<String> noKeyOfOurs = reader.get("/v1/parked", "Authorization", "Bearer another-systems-token");
        HttpResponse<String> noKey = reader.get("/v1/parked");
        for (HttpResponse<String> refused : List.of(unknownKey, noKeyOfOurs, noKey)) {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        }
    }

    @Test
    void waitingForAPositionGivesItOrSaysTryAgain() throws Exception {
        HttpResponse<String> notYet = reader.get(
                "/v1/statistics/headline?min_position=agreements:" + (ledger.position() + 1_000_000) + "&wait=1");
        assertThat(notYet.statusCode()).isEqualTo(503);
        assertThat(notYet.headers().firstValue("Retry-After")).hasValue("1");

        ledger.sign("Awaited County Sheriff's Office", "KS", TFM, "2025-02-01", JULY_1);
        long position = ledger.position();
        topic.publish(ledger.endAppend());
        JsonNode answer = headline("state=KS&wait=20&min_position=agreements:" + position);
        assertThat(answer.path("agreements").asInt()).isEqualTo(1);
        assertThat(headline("min_position=" + answer.path("feed_position").asText())
                        .path("complete")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anApplicationThatWasAwayForWeeksIsNotPendingOnTheDaysBetween() throws Exception {
        String name = "Comeback Police Department";
        UUID application = TestLedger.id("application" + name + TFM);
        ledger.file(name, "ME", TFM, JULY_1).imported("pending", 3, JULY_1);
        publish();
        ledger.change("application", "unlisted", application, JULY_8, image -> image.put("status", "awaiting_outcome")
                        .put("listed", false)
                        .put("last_listed_at", JULY_1)
                        .put("first_absent_at", JULY_8))
                .imported("pending", 2, JULY_8);
        publish();
        ledger.change("application", "relisted", application, JULY_22, image -> image.put("status", "open")
                        .put("listed", true)
                        .putNull("last_listed_at")
                        .putNull("first_absent_at"))
                .imported("pending", 3, JULY_22);
        publish();

        Map<String, Integer> pending = Map.of(
                "2025-06-30", 0, "2025-07-01", 1, "2025-07-07", 1, "2025-07-08", 0, "2025-07-21", 0, "2025-07-22", 1);
        for (Map.Entry<String, Integer> day : pending.entrySet()) {
            assertThat(headline("state=ME&on=" + day.getKey())
                            .path("pending_applications")
                            .asInt())
                    .as(day.getKey())
                    .isEqualTo(day.getValue());
            assertThat(headline("state=ME&as_of=" + day.getKey())
                            .path("pending_applications")
                            .asInt())
                    .as("as it was told on %s", day.getKey())
                    .isEqualTo(day.getValue());
        }
        JsonNode revisions = reader.json("/v1/statistics/revisions?state=ME&between=2025-07-10,2025-07-31");
        assertThat(revisions.path("figures").findValuesAsText("measure")).doesNotContain("pending_applications");
        assertThat(revisions.path("items")).isEmpty();
    }

    @Test
    void agreementsWhoseDayOfSigningIsVagueAreCountedApartWhereverTheyStand() throws Exception {
        ledger.sign("Vaguely Police Department", "ND", TFM, "2025-03-01", JULY_1)
                .agreement(
                        "date-changed",
                        "Vaguely Police Department",
                        TFM,
                        JULY_1,
                        image -> image.put("signed_precision", "month"))
                .sign("Vaguely Police Department", "ND", WSO, "2025-07-01", JULY_1)
                .agreement(
                        "date-changed",
                        "Vaguely Police Department",
                        WSO,
                        JULY_1,
                        image -> image.put("signed_precision", "month"))
                .sign("Vaguely Police Department", "ND", JEM, "2025-03-02", JULY_1);
        publish();
        JsonNode series = reader.json("/v1/statistics/series?state=ND&interval=day&cumulative=false");
        assertThat(series.path("placed_by_listing").asInt()).isEqualTo(2);
        assertThat(series.path("definitions").path("placed_by_listing").asText())
                .contains("vague");
        Map<String, Integer> placed = new TreeMap<>();
        for (JsonNode day : series.path("items")) {
            if (day.path("agreements").asInt() > 0) {
                placed.put(day.path("to").asText(), day.path("agreements").asInt());
            }
        }
        assertThat(placed)
                .as(
                        "the last day of March, which is before the listing, and the listing, which is before the end of July")
                .isEqualTo(Map.of("2025-03-02", 1, "2025-03-31", 1, "2025-07-01", 1));
    }

    @Test
    void pagesOfAnySiteMayReadAndNoOriginIsSentBack() throws Exception {
        HttpResponse<String> read = reader.get("/v1/statistics/headline", "Origin", "https://newsroom.example");
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(read.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("ETag, Link, Feed-Position, RateLimit");
        assertThat(read.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        HttpResponse<String> preflight = reader.send(
                "OPTIONS",
                "/v1/statistics/headline",
                "Origin",
                "https://newsroom.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "if-none-match");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    @Test
    void theChangeLogIsReadToItsEndInPagesWithoutAGap() throws Exception {
        long expected = 1;
        String cursor = "earliest";
        while (true) {
            JsonNode page = reader.json("/v1/changes?limit=7&cursor=" + cursor);
            if (page.path("items").isEmpty()) {
                assertThat(page.path("next_cursor").asText()).isEqualTo(cursor);
                break;
            }
            for (JsonNode item : page.path("items")) {
                assertThat(item.path("cursor").asText()).endsWith("-" + expected);
                assertThat(item.path("specversion").asText()).isEqualTo("1.0");
                expected++;
            }
            cursor = page.path("next_cursor").asText();
        }
        assertThat(cursor).isEqualTo(headline("").path("feed_position").asText());
    }

    @Test
    void theFrontPageNeedsNoScriptAndTheApiDescribesItself() throws Exception {
        HttpResponse<String> page = reader.get("/?as_of=2025-06-06");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<strong>5</strong></a> agreements");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self'");
        assertThat(reader.get("/ledger287.css").headers().firstValue("Cache-Control"))
                .hasValue("no-cache");
        assertThat(reader.get("/q/openapi").body()).contains("openapi: 3.1");
    }

    @Test
    void theDaysFromListingToSigningAreAnIntervalAndMayBeNegative() throws Exception {
        JsonNode granted =
                reader.json("/v1/applications?q=Longwait").path("items").get(0);
        assertThat(granted.path("days_to_sign_low").asInt()).isEqualTo(-51);
        assertThat(granted.path("days_to_sign_high").asInt()).isEqualTo(-44);

        JsonNode open = reader.json("/v1/applications?q=Hopeful").path("items").get(0);
        assertThat(open.path("days_to_sign_low").isNull()).isTrue();
        assertThat(open.path("days_to_sign_high").isNull()).isTrue();
        JsonNode before = reader.json("/v1/applications?q=Longwait&as_of=2025-06-06")
                .path("items")
                .get(0);
        assertThat(before.path("days_to_sign_low").isNull()).isTrue();
    }

    private int inForceIn(String state, String day) throws IOException, InterruptedException {
        return headline("state=" + state + "&on=" + day).path("agreements").asInt();
    }

    private static int sum(JsonNode breakdown) {
        int sum = 0;
        for (JsonNode value : breakdown) {
            sum += value.asInt();
        }
        return sum;
    }

    private JsonNode headline(String query) throws IOException, InterruptedException {
        return reader.json("/v1/statistics/headline" + (query.isEmpty() ? "" : "?" + query));
    }

    private void publish() throws IOException, InterruptedException {
        topic.publish(ledger.endAppend());
        awaitPosition();
    }

    private void awaitPosition() throws IOException, InterruptedException {
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
    }
}
