package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A history in which agreements come, go, return, move between agencies and are corrected in all that a series is divided
 * or filtered by, some of it known long before it was recorded: the series of agencies by listing against the agreements
 * that the lists show for each of its days, and the log from its newest change against the log in order.
 */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorrectedHistoryTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_10 = "2025-06-10T13:00:00Z";
    private static final String JUNE_17 = "2025-06-17T21:00:00Z";
    private static final String TFM = "task_force";
    private static final String WSO = "warrant_service_officer";
    private static final String RETURNING = "Returning County Sheriff's Office";
    private static final String MOVING = "Moving Police Department";
    private static final String STATELESS = "Stateless Police Department";
    private static final String MERGED = "Merged County Sheriff";
    private static final String SURVIVOR = "Merged County Sheriff's Office";
    /** As long as a cell may be that no index could hold. */
    private static final String LONG = new Random(287)
            .ints(3_000, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private static final String GIVER = "Giving County Sheriff's Office";
    private static final String TAKER = "Taking County Sheriff's Office";

    private final Topic topic;
    private final Reader reader;
    private final TestLedger ledger = new TestLedger();
    private String earlier = "";

    CorrectedHistoryTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topic,
            @ConfigProperty(name = "test.url") URI root) {
        this.topic = new Topic(topic);
        this.reader = new Reader(root);
    }

    @BeforeAll
    void publishHistory() throws Exception {
        topic.create();
        ledger.open(true, JUNE_4)
                .sign(RETURNING, "GA", TFM, "2025-05-08", JUNE_4)
                .sign(RETURNING, "GA", WSO, "2019-03-01", JUNE_4)
                .sign(MOVING, "FL", TFM, "2025-05-22", JUNE_4)
                .sign(STATELESS, "TX", TFM, "2025-05-22", JUNE_4)
                .agreement("row-corrected", STATELESS, TFM, JUNE_4, image -> image.putNull("state"))
                .sign(MERGED, "AL", TFM, "2025-05-01", JUNE_4)
                .sign(SURVIVOR, "AL", WSO, "2025-05-02", JUNE_4)
                .sign(GIVER, "TN", TFM, "2025-05-03", JUNE_4)
                .sign(LONG, "GA", TFM, "2025-05-03", JUNE_4)
                .imported("participating", 8, JUNE_4);
        publish();
        ledger.unlist(RETURNING, TFM, JUNE_4, JUNE_6)
                .agreement("row-corrected", MOVING, TFM, JUNE_6, image -> image.put("state", "AL"))
                .register(TAKER, "TN", JUNE_6)
                .agreement("corrected", GIVER, TFM, JUNE_6, heldBy(TAKER))
                .imported("participating", 7, JUNE_6);
        publish();
        earlier = reader.json("/v1/statistics/headline").path("feed_position").asText();
        ledger.unlist(RETURNING, WSO, JUNE_6, JUNE_10)
                .unlist(SURVIVOR, WSO, JUNE_6, JUNE_10)
                .agreement("row-corrected", STATELESS, TFM, JUNE_10, image -> image.put("state", "TX"))
                .agreement("row-corrected", MOVING, TFM, JUNE_10, image -> image.put("support_type", WSO))
                .edit("agency", "merged", TestLedger.id(MERGED), JUNE_10, image -> {
                    image.put("merged_into", TestLedger.id(SURVIVOR).toString());
                })
                .agreement("corrected", MERGED, TFM, JUNE_10, heldBy(SURVIVOR))
                .agreement("corrected", GIVER, TFM, JUNE_10, heldBy(GIVER))
                .imported("participating", 5, JUNE_10);
        publish();
        ledger.agreement("listed-again", RETURNING, TFM, JUNE_17, image -> {
                    image.put("status", "listed");
                    image.put("listed", true);
                })
                .agreement("corrected", GIVER, TFM, JUNE_17, heldBy(TAKER))
                // Recorded late, and known long before.
                .agreement("corrected", STATELESS, TFM, JUNE_6, image -> image.putNull("agency_type"))
                .imported("participating", 6, JUNE_17);
        publish();
    }

    private static Consumer<ObjectNode> heldBy(String agency) {
        return image -> image.put("agency_id", TestLedger.id(agency).toString());
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void onEveryDayItIsTheAgenciesOfTheAgreementsThatWereListedThen() throws Exception {
        Set<Integer> seen = new HashSet<>();
        for (String pinned : List.of("", "&position=" + earlier)) {
            for (String filter : List.of(
                    "",
                    "&state=AL,FL",
                    "&state=unknown",
                    "&region=southeast",
                    "&model=task_force",
                    "&agency_type=unknown",
                    "&agency_type=county&model=warrant_service_officer")) {
                for (String by : List.of("state", "model", "agency_type")) {
                    String asked =
                            "/v1/statistics/series?measure=agencies&basis=listed&interval=day&from=2025-06-04&by=" + by
                                    + filter + pinned;
                    JsonNode days = reader.json(asked).path("items");
                    assertThat(days).as(asked).hasSizeGreaterThan(pinned.isEmpty() ? 13 : 2);
                    for (JsonNode day : days) {
                        Map<String, Set<String>> expected =
                                agencies(by, "as_of=" + day.path("to").asText() + filter + pinned);
                        assertThat(day.path("agencies").asInt())
                                .as("%s %s", asked, day)
                                .isEqualTo(expected.getOrDefault("", Set.of()).size());
                        day.path("by_" + by).properties().forEach(group -> assertThat(
                                        group.getValue().asInt())
                                .as("%s %s %s", asked, group, day)
                                .isEqualTo(expected.getOrDefault(group.getKey(), Set.of())
                                        .size()));
                        seen.add(day.path("agencies").asInt());
                    }
                }
            }
        }
        assertThat(seen).as("the history is told").contains(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void regionsAreThoseOfTheStates() throws Exception {
        JsonNode last = reader.json("/v1/statistics/series?measure=agencies&basis=listed&interval=day&by=region")
                .path("items")
                .valueStream()
                .reduce((before, after) -> after)
                .orElseThrow();

        assertThat(last.path("by_region").path("south").asInt()).isEqualTo(6);
        assertThat(last.path("by_region").path("east_south_central").asInt()).isEqualTo(3);
        assertThat(last.path("by_region").path("west_south_central").asInt()).isEqualTo(1);
        assertThat(last.path("by_region").path("southeast").asInt()).isEqualTo(5);
        assertThat(last.path("by_region").path("unknown").asInt()).isZero();
    }

    @Test
    void aNameOfThousandsOfLettersIsToldWhole() throws Exception {
        JsonNode found =
                reader.json("/v1/agreements?q=" + LONG.substring(0, 200)).path("items");
        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("agency_name").asText()).isEqualTo(LONG);
        assertThat(reader.json("/v1/agencies/" + TestLedger.id(LONG))
                        .path("name")
                        .asText())
                .isEqualTo(LONG);
    }

    @Test
    void theNewestChangesAreTheLastOfThoseKnownThen() throws Exception {
        for (String day : List.of("2025-06-03", "2025-06-04", "2025-06-06", "2025-06-09", "2025-06-10", "2025-06-17")) {
            for (String filter : List.of("", "&state=TX", "&type=agreement.corrected")) {
                List<String> inOrder = cursors("/v1/changes?limit=1000&as_of=" + day + filter);
                List<String> newestFirst = cursors("/v1/changes?limit=1000&order=newest&as_of=" + day + filter);

                assertThat(newestFirst).as("%s %s", day, filter).isEqualTo(inOrder.reversed());
                boolean early = day.equals("2025-06-03") || (filter.contains("corrected") && day.equals("2025-06-04"));
                assertThat(inOrder.isEmpty()).as("%s %s", day, filter).isEqualTo(early);
            }
        }
        assertThat(cursors("/v1/changes?limit=1000&as_of=2025-06-06&state=TX").getLast())
                .as("recorded last, and known by then")
                .endsWith("-" + (ledger.position() - 1));
    }

    private List<String> cursors(String address) throws IOException, InterruptedException {
        return reader.json(address)
                .path("items")
                .valueStream()
                .map(change -> change.path("cursor").asText())
                .toList();
    }

    /** The agencies of the agreements that a list shows, for each group; those of all under nothing. */
    private Map<String, Set<String>> agencies(String by, String asked) throws IOException, InterruptedException {
        String column = "model".equals(by) ? "support_type" : by;
        Map<String, Set<String>> agencies = new HashMap<>();
        for (JsonNode agreement :
                reader.json("/v1/agreements?limit=100&" + asked).path("items")) {
            String agency = agreement.path("agency_id").asText();
            // Mergers are known later, and hold for earlier days of a series too; not at an earlier position.
            if (!asked.contains("position")
                    && agency.equals(TestLedger.id(MERGED).toString())) {
                agency = TestLedger.id(SURVIVOR).toString();
            }
            agencies.computeIfAbsent("", all -> new HashSet<>()).add(agency);
            agencies.computeIfAbsent(agreement.path(column).asText("unknown"), group -> new HashSet<>())
                    .add(agency);
        }
        return agencies;
    }

    private void publish() throws Exception {
        topic.publish(ledger.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
    }
}
