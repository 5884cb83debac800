package ledger287.reporting;

import static ledger287.reporting.TestOperations.ICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import ledger287.reporting.TestOperations.Figure;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Series, funnel and revisions over a small history of three publications. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StatisticsTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String JUNE_17 = "2025-06-17T21:00:00Z";
    private static final String TFM = "task_force";
    private static final String WSO = "warrant_service_officer";
    private static final String JEM = "jail_enforcement";
    private static final String QUILLMARSH = "Quillmarsh County Sheriff's Office";
    private static final String WEXMOOR = "Wexmoor County Sheriff's Office";
    private static final String LATEBROOK = "City of Latebrook Police Department";
    private static final String LONGWAIT = "Longwait Police Department";
    private static final String SWEEP = "A sweep of one day";

    private final Topic agreementsTopic;
    private final Topic operationsTopic;
    private final Reader reader;
    private final TestLedger ledger = new TestLedger();
    private final TestOperations operations = new TestOperations();
    private final List<String> pinned = new ArrayList<>();

    StatisticsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String agreementsTopic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root) {
        this.agreementsTopic = new Topic(agreementsTopic);
        this.operationsTopic = new Topic(operationsTopic);
        this.reader = new Reader(root);
    }

    @BeforeAll
    void publishHistory() throws Exception {
        agreementsTopic.create();
        operationsTopic.create();
        ledger.open(true, JUNE_4)
                .sign(QUILLMARSH, "GA", TFM, "2025-05-08", JUNE_4)
                .sign(QUILLMARSH, "GA", WSO, "2019-03-01", JUNE_4)
                .sign(WEXMOOR, "PA", WSO, "2025-05-22", JUNE_4)
                .sign("Undated Police Department", "TX", JEM, null, JUNE_4)
                .imported("participating", 4, JUNE_4)
                .file("Hopeful County Sheriff's Office", "AL", TFM, JUNE_4)
                .file(LONGWAIT, "FL", TFM, JUNE_4)
                .imported("pending", 2, JUNE_4);
        publish();
        pinned.add(reader.json("/v1/statistics/headline").path("feed_position").asText());
        pinned.add(reader.get("/v1/statistics/series?by=state&position=" + pinned.getFirst())
                .body());
        ledger.unlist(WEXMOOR, WSO, JUNE_4, JUNE_6)
                .sign("Freshford County Sheriff's Office", "TX", JEM, "2025-06-05", JUNE_6)
                .imported("participating", 4, JUNE_6);
        publish();
        ledger.sign(LATEBROOK, "FL", TFM, "2025-04-14", JUNE_17)
                .sign("Isla Menor Police", "PR", TFM, "2025-06-10", JUNE_17)
                .agreement("date-changed", QUILLMARSH, TFM, JUNE_17, image -> image.put("signed_on", "2025-05-09"))
                .change("application", "granted", TestLedger.id("application" + LONGWAIT + TFM), JUNE_17, image -> {
                    image.put("status", "granted");
                    image.put("agreement_id", TestLedger.id(LATEBROOK + TFM).toString());
                    image.put("absent_before", "2025-05-28T13:00:00Z");
                })
                .imported("participating", 6, JUNE_17);
        publish();
        operations
                .open(JUNE_6)
                .record("An operation in some May", "TN", JUNE_6, image -> {
                    TestOperations.start(image, "2025-05-01", "month");
                })
                .claim("196", "An operation in some May", "arrests", Figure.exactly(196), ICE, true, JUNE_6)
                .record(SWEEP, "FL", JUNE_6, image -> TestOperations.start(image, "2025-06-03", "day"))
                .claim("1300", SWEEP, "arrests", Figure.moreThan(1300), ICE, true, JUNE_6);
        operationsTopic.publish(operations.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=operations:" + operations.position())
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    void close() {
        agreementsTopic.close();
        operationsTopic.close();
    }

    @Test
    void aSeriesBySigningEndsAtTheHeadlineWhateverIsAsked() throws Exception {
        for (String moment : List.of(
                "", "&as_of=2025-06-04", "&as_of=2025-06-06", "&on=2025-06-06", "&on=2025-06-06&as_of=2025-06-16")) {
            JsonNode headline = reader.json("/v1/statistics/headline?" + moment.replaceFirst("&", ""));
            for (String interval : List.of("day", "week", "month")) {
                JsonNode byModel = lastOf("by=model&basis=signed&interval=" + interval + moment);
                assertThat(byModel.path("agreements")).as(moment).isEqualTo(headline.path("agreements"));
                assertThat(byModel.path("by_model")).as(moment).isEqualTo(headline.path("by_model"));
            }
            JsonNode byType = lastOf("by=agency_type" + moment);
            assertThat(byType.path("by_agency_type")).as(moment).isEqualTo(headline.path("by_agency_type"));
            assertThat(lastOf("measure=agencies" + moment).path("agencies"))
                    .as(moment)
                    .isEqualTo(headline.path("agencies"));
            assertThat(lastOf("measure=new_agreements" + moment).path("new_agreements"))
                    .as(moment)
                    .isEqualTo(headline.path("new_agreements"));
            for (JsonNode state : reader.json("/v1/statistics/states?" + moment.replaceFirst("&", ""))
                    .path("items")) {
                assertThat(lastOf("by=state" + moment)
                                .path("by_state")
                                .path(state.path("state").asText()))
                        .as("%s %s", state.path("state"), moment)
                        .isEqualTo(state.path("agreements"));
            }
        }
    }

    @Test
    void aSeriesByListingTellsWhatReadersWereToldAndNothingBeforeTheFirstWorkbook() throws Exception {
        JsonNode series = series("basis=listed&interval=day&by=model&from=2025-06-02");

        assertThat(series.path("items").path(0).path("agreements").isNull()).isTrue();
        assertThat(series.path("items").path(0).path("by_model").path(TFM).isNull())
                .isTrue();
        for (JsonNode day : series.path("items")) {
            JsonNode then = reader.json(
                    "/v1/statistics/headline?as_of=" + day.path("to").asText());
            assertThat(day.path("agreements")).as("%s", day.path("to")).isEqualTo(then.path("agreements"));
            assertThat(day.path("by_model")).as("%s", day.path("to")).isEqualTo(then.path("by_model"));
        }
        for (String measure : List.of("agencies", "unlisted", "pending_applications", "new_agreements")) {
            for (JsonNode day :
                    series("basis=listed&interval=day&measure=" + measure).path("items")) {
                JsonNode then = reader.json(
                        "/v1/statistics/headline?as_of=" + day.path("to").asText());
                assertThat(day.path(measure)).as("%s %s", measure, day).isEqualTo(then.path(measure));
            }
        }
    }

    @Test
    void stepsAddUpToTheFigure() throws Exception {
        for (String asked : List.of("by=model", "by=model&basis=listed", "by=model&measure=agencies&basis=listed")) {
            int sum = 0;
            int taskForce = 0;
            JsonNode steps = series(asked + "&cumulative=false");
            String measure = steps.path("measure").asText();
            for (JsonNode step : steps.path("items")) {
                sum += step.path(measure).asInt();
                taskForce += step.path("by_model").path(TFM).asInt();
            }
            assertThat(sum).as(asked).isEqualTo(lastOf(asked).path(measure).asInt());
            assertThat(taskForce)
                    .as(asked)
                    .isEqualTo(lastOf(asked).path("by_model").path(TFM).asInt());
        }
        JsonNode shown = series("cumulative=false&from=2025-05-01&to=2025-05-31&interval=month");
        assertThat(shown.path("items")).hasSize(1);
        assertThat(shown.path("items").path(0).path("agreements").asInt()).isEqualTo(1);
        assertThat(series("from=2025-05-01&to=2025-05-31&interval=month")
                        .path("items")
                        .path(0)
                        .path("agreements")
                        .asInt())
                .as("what came before is in the sum though it is not shown")
                .isEqualTo(3);
    }

    @Test
    void regionsTerritoriesAndUnknownMakeUpTheWholeAndSoutheastLiesWithin() throws Exception {
        JsonNode last = lastOf("by=region");
        JsonNode byRegion = last.path("by_region");
        int whole = 0;
        for (String region : List.of("northeast", "midwest", "south", "west", "territories", "unknown")) {
            whole += byRegion.path(region).asInt();
        }
        assertThat(whole).isEqualTo(last.path("agreements").asInt());
        assertThat(byRegion.path("territories").asInt()).isEqualTo(1);
        assertThat(byRegion.path("southeast").asInt())
                .isEqualTo(byRegion.path("south_atlantic").asInt()
                        + byRegion.path("east_south_central").asInt())
                .isEqualTo(reader.json("/v1/statistics/headline?region=southeast")
                        .path("agreements")
                        .asInt());
    }

    @Test
    void whatHasNoDayOfSigningStandsAtItsFirstListing() throws Exception {
        JsonNode series =
                series("state=TX&model=" + JEM + "&interval=day&cumulative=false&from=2025-06-01&to=2025-06-07");
        assertThat(series.path("placed_by_listing").asInt()).isEqualTo(1);
        for (JsonNode day : series.path("items")) {
            boolean any =
                    List.of("2025-06-04", "2025-06-05").contains(day.path("to").asText());
            assertThat(day.path("agreements").asInt()).as("%s", day).isEqualTo(any ? 1 : 0);
        }
    }

    @Test
    void aSeriesPinnedByItsPositionIsTheSameForEver() throws Exception {
        assertThat(reader.get("/v1/statistics/series?by=state&position=" + pinned.getFirst())
                        .body())
                .isEqualTo(pinned.getLast());
        String listed = "/v1/statistics/series?basis=listed&measure=agencies&by=model&interval=day";
        JsonNode early = reader.json(listed + "&position=" + pinned.getFirst());
        assertThat(early.path("items")).hasSize(1);
        assertThat(early.path("items").path(0).path("agencies").asInt()).isEqualTo(3);
    }

    @Test
    void operationsAndArrestsComeAsBoundsAndThoseWithoutADayApart() throws Exception {
        JsonNode arrests = series("measure=arrests&interval=week&by=state");
        JsonNode last = arrests.path("items").path(arrests.path("items").size() - 1);
        assertThat(last.path("arrests").path("text").asText()).isEqualTo("at least 1,301");
        assertThat(last.path("by_state").path("FL").path("low").asInt()).isEqualTo(1301);
        assertThat(last.path("by_state").path("TN").isNull()).isTrue();
        assertThat(arrests.path("undated").path("arrests").path("text").asText())
                .isEqualTo("196");
        JsonNode operations = lastOf("measure=operations&interval=month");
        assertThat(operations.path("operations").asInt()).isEqualTo(2);
        assertThat(reader.get("/v1/statistics/series?measure=arrests&basis=signed")
                        .body())
                .contains("\"parameter\":\"basis\"");
        assertThat(reader.get("/v1/statistics/series?measure=arrests&by=region").body())
                .contains("\"parameter\":\"by\"");
    }

    @Test
    void aStretchThatIsCutHoldsOnlyTheOperationsOfItsDays() throws Exception {
        assertThat(lastOf("measure=operations&interval=month&to=2025-06-02")
                        .path("operations")
                        .asInt())
                .as("the sweep of June 3 had not begun")
                .isEqualTo(1);
        JsonNode steps = series("measure=operations&interval=month&cumulative=false&from=2025-06-04");
        assertThat(steps.path("items").path(0).path("operations").asInt())
                .as("the sweep had begun before")
                .isZero();
        assertThat(series("measure=operations&interval=week&from=2025-06-04")
                        .path("items")
                        .path(0)
                        .path("operations")
                        .asInt())
                .as("what began before is in the sum though it is not shown")
                .isEqualTo(1);
        JsonNode cutMay = series("measure=arrests&interval=month&from=2025-05-10");
        assertThat(cutMay.path("undated").path("arrests").path("text").asText())
                .as("some day in May: before the 10th or after, nobody knows")
                .isEqualTo("196");
        assertThat(cutMay.path("items").path(0).path("arrests").isNull()).isTrue();
        assertThat(lastOf("measure=arrests&interval=month&from=2025-05-10")
                        .path("arrests")
                        .path("text")
                        .asText())
                .isEqualTo("at least 1,301");
    }

    @Test
    void aSeriesComesAsATableWithARowForEachStretch() throws Exception {
        JsonNode series = series("by=model&interval=month");
        HttpResponse<String> table = reader.get("/v1/statistics/series.csv?by=model&interval=month");
        assertThat(table.body().lines().findFirst())
                .hasValue("from,to,agreements,by_model_task_force,by_model_warrant_service_officer,"
                        + "by_model_jail_enforcement,by_model_unknown");
        assertThat(table.body().lines().count() - 1)
                .isEqualTo(series.path("count").asLong());
    }

    @Test
    void aSeriesOfTooManyFiguresIsRefusedInWords() throws Exception {
        HttpResponse<String> refused = reader.get("/v1/statistics/series?by=state&interval=day&from=1990-01-01");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"parameter\":\"interval\"");
        assertThat(reader.get("/v1/statistics/series.csv?by=state&interval=day&from=1990-01-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(reader.get("/v1/statistics/series?from=2025-06-02&to=2025-06-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(reader.get("/v1/statistics/series?measure=agreement").body()).contains("\"suggestion\"");
    }

    @Test
    void aDayThatHasNotComeIsRefusedAndTheLastThatHasIsNamed() throws Exception {
        for (String parameter : List.of("as_of", "on", "to")) {
            String address = "/v1/statistics/series?interval=month&" + parameter + "=";
            HttpResponse<String> refused = reader.get(address + "2999-12-31");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("\"parameter\":\"" + parameter + "\"");
            String last = refused.body().replaceFirst("(?s).*in New York, is ([0-9-]+)\\..*", "$1");
            assertThat(reader.get(address + last).statusCode()).as(last).isEqualTo(200);
        }
    }

    @Test
    void theFunnelSaysWhatBecameOfApplicationsAndHowLongItTookAsIntervals() throws Exception {
        JsonNode funnel = reader.json("/v1/statistics/applications");

        assertThat(funnel.path("filed").asInt()).isEqualTo(2);
        assertThat(funnel.path("open").asInt()).isEqualTo(1);
        assertThat(funnel.path("granted").asInt()).isEqualTo(1);
        assertThat(funnel.path("granted_still_listed").asInt()).isEqualTo(1);
        assertThat(funnel.path("awaiting_outcome").asInt()).isZero();
        JsonNode days = funnel.path("days_to_sign");
        // Listed between May 28 and June 4, signed on April 14.
        assertThat(days.path("median").path("low").asInt()).isEqualTo(-51);
        assertThat(days.path("median").path("high").asInt()).isEqualTo(-44);
        assertThat(days.path("negative").asInt()).isEqualTo(1);
        assertThat(days.path("censored").asInt()).isZero();
        assertThat(days.path("waiting").asInt()).isEqualTo(1);
        assertThat(reader.json("/v1/statistics/applications?as_of=2025-06-03")
                        .path("filed")
                        .isNull())
                .isTrue();
        assertThat(reader.json("/v1/statistics/applications?as_of=2025-06-06&state=FL")
                        .path("granted")
                        .asInt())
                .isZero();
        assertThat(reader.get("/v1/statistics/applications.csv").body()).contains("days_to_sign_median_low");
    }

    @Test
    void revisionsNameEachDifferenceAndTheEventsBehindIt() throws Exception {
        JsonNode revisions = reader.json("/v1/statistics/revisions?between=2025-06-06,2025-06-30");

        JsonNode figures = revisions.path("figures");
        assertThat(figure(figures, "new_agreements").path("published").asInt()).isEqualTo(2);
        assertThat(figure(figures, "new_agreements").path("now").asInt())
                .isEqualTo(reader.json("/v1/statistics/headline?on=2025-06-06&as_of=2025-06-30")
                        .path("new_agreements")
                        .asInt());
        assertThat(figure(figures, "by_model.task_force").path("now").asInt()).isEqualTo(2);
        assertThat(figure(figures, "uncertain").path("now").asInt()).isEqualTo(1);

        JsonNode added = item(revisions, LATEBROOK);
        assertThat(added.path("change").asText()).isEqualTo("added");
        assertThat(added.path("events").path(0).path("type").asText()).isEqualTo("org.ledger287.agreement.signed.v1");
        JsonNode gone = item(revisions, WEXMOOR);
        assertThat(gone.path("change").asText()).isEqualTo("uncertain");
        assertThat(gone.path("events").path(0).path("type").asText()).isEqualTo("org.ledger287.agreement.unlisted.v1");
        JsonNode restated = item(revisions, QUILLMARSH);
        assertThat(restated.path("change").asText()).isEqualTo("restated");
        assertThat(restated.path("changed").findValuesAsText("field")).contains("signed_latest");
        assertThat(restated.path("events").path(0).path("type").asText())
                .isEqualTo("org.ledger287.agreement.date-changed.v1");
        // The one whose day of signing nobody knows, and nothing else.
        assertThat(item(revisions, "Undated Police Department").path("change").asText())
                .isEqualTo("not_determinable");
        assertThat(revisions.path("count").asInt()).isEqualTo(4);

        JsonNode first = reader.json("/v1/statistics/revisions?between=2025-06-06,2025-06-30&limit=3");
        assertThat(first.path("items")).hasSize(3);
        JsonNode rest = reader.json("/v1/statistics/revisions?between=2025-06-06,2025-06-30&limit=3&cursor="
                + first.path("next_cursor").asText());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(reader.get("/v1/statistics/revisions.csv?between=2025-06-06,2025-06-30")
                        .body()
                        .lines()
                        .count())
                .isEqualTo(5);
        assertThat(reader.json("/v1/statistics/revisions?between=2025-06-06,2025-06-06")
                        .path("figures")
                        .findValuesAsText("measure"))
                .as("only what a day can tell and a list cannot")
                .doesNotContain("new_agreements");
    }

    @Test
    void revisionsKnowNothingThatCameAfterTheInstantAskedFor() throws Exception {
        String asked = "/v1/statistics/revisions?between=2025-06-06,2025-06-17&as_of=";
        JsonNode before = reader.json(asked + "2025-06-17T20:00:00Z");
        JsonNode after = reader.json(asked + JUNE_17);

        assertThat(before.path("items").findValuesAsText("agency_name")).doesNotContain(LATEBROOK, QUILLMARSH);
        assertThat(before.path("figures").findValuesAsText("measure")).doesNotContain("new_agreements");
        assertThat(item(after, LATEBROOK).path("change").asText()).isEqualTo("added");
        assertThat(reader.json("/v1/statistics/revisions?between=2025-06-04&as_of=2025-06-04T12:00:00Z")
                        .path("figures"))
                .as("the workbook of that day came an hour later")
                .isEmpty();
    }

    @Test
    void revisionsAgainstACitedPositionTellWhatWasRecordedSince() throws Exception {
        JsonNode revisions = reader.json("/v1/statistics/revisions?between=2025-06-17&cited=" + pinned.getFirst());
        assertThat(figure(revisions.path("figures"), "agreements")
                        .path("published")
                        .asInt())
                .as("at that position nothing later than June 4 was recorded")
                .isEqualTo(4);
        String within = pinned.getFirst().replaceFirst("-.*", "-3");
        assertThat(within).as("a cursor within the first import").isNotEqualTo(pinned.getFirst());
        assertThat(reader.json("/v1/statistics/revisions?between=2025-06-17&cited=" + within))
                .as("cites the whole import")
                .isEqualTo(revisions);
        assertThat(reader.get("/v1/statistics/revisions").body()).contains("\"parameter\":\"between\"");
        assertThat(reader.get("/v1/statistics/revisions?between=2025-06-30,2025-06-06")
                        .statusCode())
                .isEqualTo(400);
        assertThat(reader.get("/v1/statistics/revisions?between=2025-06-06&cited=zero")
                        .body())
                .contains("\"parameter\":\"cited\"");
    }

    @Test
    void pagesOfRevisionsGoFromOneKindToTheNextWithoutAGap() throws Exception {
        String asked = "/v1/statistics/revisions?between=2025-06-17&cited=" + pinned.getFirst();
        JsonNode whole = reader.json(asked);
        assertThat(new HashSet<>(whole.path("items").findValuesAsText("kind")))
                .as("differences of several kinds, or this proves nothing")
                .hasSizeGreaterThan(1);
        for (int limit = 1; limit <= 3; limit++) {
            List<JsonNode> paged = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = reader.json(asked + "&limit=" + limit + cursor);
                assertThat(page.path("count")).isEqualTo(whole.path("count"));
                page.path("items").forEach(paged::add);
                cursor = page.path("next_cursor").isNull()
                        ? ""
                        : "&cursor=" + page.path("next_cursor").asText();
            } while (!cursor.isEmpty());
            assertThat(paged).as("in pages of %d", limit).containsExactlyElementsOf(whole.path("items"));
        }
    }

    private static JsonNode figure(JsonNode figures, String measure) {
        for (JsonNode figure : figures) {
            if (figure.path("measure").asText().equals(measure)) {
                return figure;
            }
        }
        throw new AssertionError("No figure %s in %s".formatted(measure, figures));
    }

    private static JsonNode item(JsonNode revisions, String agency) {
        for (JsonNode item : revisions.path("items")) {
            if (item.path("agency_name").asText().equals(agency)) {
                return item;
            }
        }
        throw new AssertionError("No %s in %s".formatted(agency, revisions));
    }

    private JsonNode series(String asked) throws IOException, InterruptedException {
        return reader.json("/v1/statistics/series?" + asked);
    }

    private JsonNode lastOf(String asked) throws IOException, InterruptedException {
        JsonNode items = series(asked).path("items");
        assertThat(items).as(asked).isNotEmpty();
        return items.path(items.size() - 1);
    }

    private void publish() throws Exception {
        agreementsTopic.publish(ledger.endAppend());
        assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=agreements:" + ledger.position())
                        .statusCode())
                .isEqualTo(200);
    }
}
