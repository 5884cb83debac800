package ledger287.reporting;

import static ledger287.reporting.TestOperations.ICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import ledger287.reporting.TestOperations.Figure;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.operations.Bounds;
import ledger287.reporting.operations.OperationMeasures;
import ledger287.reporting.operations.OperationMeasures.Beginning;
import ledger287.reporting.operations.OperationMeasures.By;
import ledger287.reporting.operations.OperationMeasures.Row;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.QueryStore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operations and claims from their topic into lists, histories and totals. Each story has states of its own. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsTest {
    private static final String MAY_20 = "2025-05-20T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T16:00:00Z";
    private static final String JUNE_13 = "2025-06-13T16:00:00Z";
    private static final String JUNE_20 = "2025-06-20T16:00:00Z";
    private static final String JULY_1 = "2025-07-01T16:00:00Z";
    private static final String CITY = "A week of traffic stops in a city";
    private static final String STATEWIDE = "A statewide sweep";
    private static final String GROWING = "A sweep with running totals";
    private static final String RIVAL = "rival";

    private final Topic agreementsTopic;
    private final Topic operationsTopic;
    private final Reader reader;
    private final CurrentHead head;
    private final QueryStore store;
    private final TestLedger agreements = new TestLedger();
    private final TestOperations operations = new TestOperations();

    OperationsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String agreementsTopic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root,
            CurrentHead head,
            QueryStore store) {
        this.agreementsTopic = new Topic(agreementsTopic);
        this.operationsTopic = new Topic(operationsTopic);
        this.reader = new Reader(root);
        this.head = head;
        this.store = store;
    }

    @BeforeAll
    void publishStories() throws Exception {
        agreementsTopic.create();
        agreements
                .open(true, MAY_20)
                .sign("Quillmarsh Department of Safety / QHP", "TN", "task_force", "2025-05-13", MAY_20)
                .sign("Bayhollow County Sheriff's Office", "FL", "task_force", "2025-02-26", MAY_20)
                .sign("Bayhollow County Sheriff's Office", "FL", "jail_enforcement", "2019-01-01", MAY_20)
                .imported("participating", 3, MAY_20);
        agreementsTopic.publish(agreements.endAppend());
        assertThat(reader.json("/v1/statistics/headline?min_position=agreements:" + agreements.position() + "&wait=30")
                        .path("operations")
                        .path("count")
                        .isNull())
                .isTrue();

        operationsTopic.create();
        operations
                .open(JUNE_6)
                .record(CITY, "TN", JUNE_6, image -> {
                    TestOperations.start(image, "2025-05-01", "month");
                    TestOperations.partner(image, "Quillmarsh Highway Patrol", null);
                })
                .claim("196", CITY, "arrests", Figure.exactly(196), ICE, true, JUNE_6)
                .claim("95", CITY, "convicted_or_pending", Figure.exactly(95), ICE, true, JUNE_6)
                .claim("31", CITY, "reentry_after_removal", Figure.exactly(31), ICE, true, JUNE_6)
                .claim("most", CITY, "no_criminal_record", Figure.majorityOf(196), ICE, true, JUNE_6)
                .record(STATEWIDE, "FL", JUNE_6, image -> {
                    TestOperations.endsBy(image, "2025-06-06");
                    TestOperations.partner(image, "Bayhollow Co. Sheriff", "FL");
                })
                .claim("1300", STATEWIDE, "arrests", Figure.moreThan(1300), ICE, true, JUNE_6)
                .claim("20", STATEWIDE, "partner_agencies", Figure.near("about", 20), ICE, true, JUNE_6)
                .record("The programme as a whole", "DC", JUNE_6, image -> image.put("scope", "programme"))
                .claim("silence", "The programme as a whole", "arrests", Figure.UNKNOWN, "The Example", false, JUNE_6);
        publish();
        assertThat(totals("?state=TN,FL").path("arrests").path("text").asText()).isEqualTo("at least 1,497");
    }

    @AfterAll
    void close() {
        agreementsTopic.close();
        operationsTopic.close();
    }

    @Test
    void arrestsOfExactly196AndMoreThan1300AreAtLeast1497() throws Exception {
        JsonNode totals = totals("?state=TN,FL");

        assertThat(totals.path("count").asInt()).isEqualTo(2);
        assertThat(totals.path("arrests").path("low").asInt()).isEqualTo(1497);
        assertThat(totals.path("arrests").path("high").isNull()).isTrue();
        assertThat(totals.path("arrests").path("qualifier").asText()).isEqualTo("at_least");
        assertThat(totals.path("left_out")).isEmpty();
    }

    @Test
    void arrestsAttributedToTheProgrammeAreNotKnownAndSayWhoSaidSo() throws Exception {
        JsonNode attributed = totals("").path("attributed_arrests");

        assertThat(attributed.path("text").asText()).isEqualTo("not known");
        assertThat(attributed.path("low").isNull()).isTrue();
        assertThat(attributed.path("source").path("source_url").asText()).startsWith("https://news.example.org/");
        assertThat(items("/v1/operations?scope=programme")).hasSize(1);
    }

    @Test
    void anOperationShowsEachFigureWithItsQualifier() throws Exception {
        JsonNode city = reader.json("/v1/operations/" + TestLedger.id(CITY));

        assertThat(city.path("figures").path("arrests").path("text").asText()).isEqualTo("196");
        assertThat(city.path("figures").path("convicted_or_pending").path("low").asInt())
                .isEqualTo(95);
        assertThat(city.path("figures")
                        .path("reentry_after_removal")
                        .path("text")
                        .asText())
                .isEqualTo("31");
        assertThat(city.path("figures").path("no_criminal_record").path("text").asText())
                .isEqualTo("a majority of 196");
        assertThat(city.path("figures").path("arrests").path("basis").asText()).isEqualTo("latest_official");
        assertThat(city.path("counts").asBoolean()).isTrue();
        JsonNode statewide = items("/v1/operations?state=FL").get(0).path("figures");
        assertThat(statewide.path("partner_agencies").path("text").asText()).isEqualTo("about 20");
        assertThat(statewide.path("arrests").path("text").asText()).isEqualTo("more than 1,300");
    }

    @Test
    void anAgreementSignedWithinTheMonthOfAnOperationIsNotDeterminable() throws Exception {
        JsonNode partner = reader.json("/v1/operations/" + TestLedger.id(CITY))
                .path("partners")
                .get(0);

        assertThat(partner.path("name").asText()).isEqualTo("Quillmarsh Highway Patrol");
        assertThat(partner.path("match").path("agency_id").asText())
                .isEqualTo(
                        TestLedger.id("Quillmarsh Department of Safety / QHP").toString());
        assertThat(partner.path("match").path("confidence").asText()).isEqualTo("weak");
        assertThat(partner.path("task_force_agreement").path("held").asText()).isEqualTo("not_determinable");
        assertThat(partner.path("task_force_agreement").path("signed_on").asText())
                .isEqualTo("2025-05-13");
        assertThat(partner.path("task_force_agreement")
                        .path("signed_days_before")
                        .isNull())
                .isTrue();
    }

    @Test
    void runningTotalsReplaceEachOtherRivalsStandBesideAndARetractionLeavesTheTotals() throws Exception {
        operations
                .record(GROWING, "LA", JUNE_6, image -> TestOperations.start(image, "2025-06-02", "day"))
                .claim("780", GROWING, "arrests", Figure.exactly(780), ICE, true, JUNE_6);
        publish();
        operations
                .claim("nearly 800", GROWING, "arrests", Figure.near("nearly", 800), ICE, true, JUNE_13)
                .supersede("780", "nearly 800", JUNE_13);
        publish();
        operations
                .claim("1120", GROWING, "arrests", Figure.exactly(1120), ICE, true, JUNE_20)
                .supersede("nearly 800", "1120", JUNE_20)
                .claim(RIVAL, GROWING, "arrests", Figure.exactly(1100), "The Example", false, JUNE_20);
        publish();

        assertThat(totals("?state=LA").path("arrests").path("text").asText()).isEqualTo("1,120");
        JsonNode arrests =
                items("/v1/operations?state=LA").get(0).path("figures").path("arrests");
        assertThat(arrests.path("claims")).hasSize(2);
        assertThat(arrests.path("conflicting").asBoolean()).isTrue();
        assertThat(arrests.path("superseded").asInt()).isEqualTo(2);
        assertThat(items("/v1/claims?state=LA")).hasSize(2);
        assertThat(items("/v1/claims?state=LA&status=superseded")).hasSize(2);
        assertThat(items("/v1/claims/" + TestLedger.id("1120") + "/history"))
                .extracting(event ->
                        event.path("data").path("claim").path("claim_id").asText())
                .contains(
                        TestLedger.id("780").toString(),
                        TestLedger.id("nearly 800").toString(),
                        TestLedger.id("1120").toString())
                .doesNotContain(TestLedger.id(RIVAL).toString());
        assertThat(totals("?state=LA&as_of=2025-06-06")
                        .path("arrests")
                        .path("text")
                        .asText())
                .isEqualTo("780");
        JsonNode near = totals("?state=LA&as_of=2025-06-13");
        assertThat(near.path("arrests").path("text").asText()).isEqualTo("not known");
        assertThat(near.path("left_out").get(0).path("reason").asText()).isEqualTo("approximate");

        HttpResponse<String> before = reader.get("/v1/statistics/headline?state=LA");
        String position = before.headers().firstValue("Feed-Position").orElseThrow();
        operations.operation("retracted", GROWING, JULY_1, image -> {
            image.put("status", "retracted");
            image.put("reason", "It was another operation.");
        });
        publish();

        assertThat(totals("?state=LA").path("count").asInt()).isZero();
        assertThat(totals("?state=LA&as_of=2025-06-20")
                        .path("arrests")
                        .path("text")
                        .asText())
                .isEqualTo("1,120");
        HttpResponse<String> pinned = reader.get("/v1/statistics/headline?state=LA&position=" + position);
        assertThat(pinned.body())
                .isEqualTo(reader.get("/v1/statistics/headline?state=LA&position=" + position)
                        .body());
        assertThat(pinned.body().replace("&position=" + position, ""))
                .isEqualTo(before.body().replace("&position=" + position, ""));
        assertThat(items("/v1/operations?state=LA")).isEmpty();
        assertThat(items("/v1/claims?state=LA")).isEmpty();
        JsonNode retracted = items("/v1/operations?state=LA&status=retracted").get(0);
        assertThat(retracted.path("reason").asText()).isEqualTo("It was another operation.");
        assertThat(retracted.path("left_out_because").asText()).isEqualTo("retracted");
        assertThat(items("/v1/operations/" + TestLedger.id(GROWING) + "/history"))
                .extracting(event -> event.path("type").asText())
                .contains("org.ledger287.operation.retracted.v1", "org.ledger287.claim.superseded.v1");
    }

    @Test
    void aPreferredClaimStandsForTheOperationWhoeverSpoke() throws Exception {
        operations
                .record("A disputed raid", "NM", JUNE_6, image -> {})
                .claim("96", "A disputed raid", "arrests", Figure.exactly(96), "The Example", false, JUNE_6)
                .claim("95 by ICE", "A disputed raid", "arrests", Figure.exactly(95), ICE, true, JUNE_6)
                .claim("preferred", "96", JUNE_13, image -> image.put("preferred", true));
        publish();

        assertThat(totals("?state=NM").path("arrests").path("low").asInt()).isEqualTo(96);
        assertThat(totals("?state=NM&as_of=2025-06-06")
                        .path("arrests")
                        .path("low")
                        .asInt())
                .isEqualTo(95);
        assertThat(items("/v1/operations?state=NM")
                        .get(0)
                        .path("figures")
                        .path("arrests")
                        .path("basis")
                        .asText())
                .isEqualTo("preferred");
    }

    @Test
    void anAgencyNamedBeforeItIsKnownIsMatchedWhenItAppears() throws Exception {
        String raid = "A raid with a new partner";
        operations
                .record(raid, "MS", JUNE_6, image -> {
                    TestOperations.start(image, "2025-06-01", "day");
                    TestOperations.partner(image, "Lowmere PD", null);
                    TestOperations.partner(image, "Martin County Sheriff's Office", "MS");
                })
                .claim("12", raid, "arrests", Figure.exactly(12), ICE, true, JUNE_6);
        publish();
        assertThat(partner("MS", 0).path("match").isNull()).isTrue();
        assertThat(totals("?state=MS&model=task_force").path("count").asInt()).isZero();

        agreements
                .sign("City of Lowmere Police Department", "MS", "task_force", "2025-05-20", JULY_1)
                .sign("Marion County Sheriff's Office", "MS", "task_force", "2025-05-20", JULY_1)
                .imported("participating", 5, JULY_1);
        agreementsTopic.publish(agreements.endAppend());
        reader.json("/v1/operations?min_position=agreements:" + agreements.position() + "&wait=30");

        JsonNode matched = partner("MS", 0);
        assertThat(matched.path("match").path("confidence").asText()).isEqualTo("probable");
        assertThat(matched.path("task_force_agreement").path("held").asText()).isEqualTo("yes");
        assertThat(matched.path("task_force_agreement")
                        .path("signed_days_before")
                        .asInt())
                .isEqualTo(12);
        assertThat(matched.path("task_force_agreement").path("text").asText()).isEqualTo("held, signed 12 days before");
        assertThat(partner("MS", 1).path("match").isNull()).isTrue();
        assertThat(totals("?state=MS&model=task_force")
                        .path("arrests")
                        .path("text")
                        .asText())
                .isEqualTo("12");
        assertThat(totals("?state=MS&model=jail_enforcement").path("count").asInt())
                .isZero();
        assertThat(items("/v1/operations?agency_id=" + TestLedger.id("City of Lowmere Police Department")))
                .hasSize(1);
        assertThat(totals("?state=MS&model=task_force&as_of=2025-06-30")
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void operationsThatOverlapAreNotAddedUntilAnEditorSaysTheyAreDisjoint() throws Exception {
        operations
                .record("The larger", "GA", JUNE_6, image -> {})
                .claim("100", "The larger", "arrests", Figure.exactly(100), ICE, true, JUNE_6)
                .record("The smaller", "GA", JUNE_6, image -> {})
                .claim("50", "The smaller", "arrests", Figure.exactly(50), ICE, true, JUNE_6)
                .relate("The larger", "The smaller", "overlaps", JUNE_6);
        publish();

        JsonNode overlapping = totals("?state=GA");
        assertThat(overlapping.path("count").asInt()).isEqualTo(2);
        assertThat(overlapping.path("arrests").path("text").asText()).isEqualTo("at least 100");
        assertThat(overlapping.path("left_out")).hasSize(1);
        assertThat(overlapping.path("left_out").get(0).path("name").asText()).isEqualTo("The smaller");
        assertThat(overlapping.path("left_out").get(0).path("reason").asText()).isEqualTo("overlaps");

        operations.relate("The larger", "The smaller", "disjoint", JUNE_13);
        publish();

        assertThat(totals("?state=GA").path("arrests").path("text").asText()).isEqualTo("150");
        assertThat(totals("?state=GA").path("left_out")).isEmpty();
    }

    @Test
    void seriesGetFiguresByStateByBeginningAndByPartnersSupportType() throws Exception {
        Filters two = new Filters(Set.of("TN", "FL"), Set.of(), Set.of(), Set.of(), Set.of());
        Moment moment = new Moment(head.get(), false, null, Moment.endOf(LocalDate.of(2025, 6, 30)), null);

        List<Row> byState =
                store.read(moment, reading -> new OperationMeasures(reading, two).rowsByBeginning(By.STATE));
        List<Row> byModel = store.read(moment, reading -> new OperationMeasures(reading, two).rows(By.MODEL));

        assertThat(byState)
                .containsExactly(
                        new Row(
                                new Beginning(LocalDate.of(2025, 5, 1), LocalDate.of(2025, 5, 31)),
                                "TN",
                                1,
                                new Bounds(196L, 196L),
                                0),
                        new Row(null, "FL", 1, new Bounds(1301L, null), 0));
        assertThat(byModel)
                .containsExactly(
                        new Row(null, "jail_enforcement", 1, new Bounds(1301L, null), 0),
                        new Row(null, "task_force", 2, new Bounds(1497L, null), 0));
    }

    @Test
    void bothLogsAreOneFeedWithoutGapsAndAnOperationIsFoundByItsState() throws Exception {
        JsonNode changes = reader.json("/v1/changes?limit=1000").path("items");

        assertThat(changes)
                .extracting(change -> change.path("source").asText())
                .contains("/ledger287/agreements", "/ledger287/operations");
        int sequence = 0;
        for (JsonNode change : changes) {
            sequence++;
            assertThat(change.path("cursor").asText()).endsWith("-" + sequence);
        }
    }

    @Test
    void listsComeAsTablesAndUnknownValuesAreRefusedByName() throws Exception {
        assertThat(reader.get("/v1/operations.csv?state=TN").body())
                .contains("arrests_text")
                .contains(CITY)
                .contains("Quillmarsh Highway Patrol");
        assertThat(reader.get("/v1/claims.csv?state=TN").body().lines()).hasSize(5);
        HttpResponse<String> refused = reader.get("/v1/claims?metric=arrest");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"parameter\":\"metric\"").contains("\"suggestion\":\"arrests\"");
        assertThat(reader.get("/v1/operations?wrong=1").statusCode()).isEqualTo(400);
        assertThat(reader.get("/v1/operations/" + TestLedger.id("nothing")).statusCode())
                .isEqualTo(404);
    }

    private void publish() throws Exception {
        operationsTopic.publish(operations.endAppend());
        reader.json("/v1/statistics/headline?min_position=operations:" + operations.position() + "&wait=30");
    }

    private JsonNode totals(String query) throws Exception {
        return reader.json("/v1/statistics/headline" + query).path("operations");
    }

    private JsonNode items(String path) throws Exception {
        return reader.json(path).path("items");
    }

    private JsonNode partner(String state, int place) throws Exception {
        return items("/v1/operations?state=" + state).get(0).path("partners").get(place);
    }
}
