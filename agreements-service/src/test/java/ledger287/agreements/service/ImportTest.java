package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static ledger287.agreements.service.Api.importSheet;
import static ledger287.agreements.service.Api.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One ledger, from its first workbook on; the tests build on each other. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ImportTest {
    private static final String FIRST = "participatingAgencies06042025am.xlsx";
    private static final String SECOND = "participatingAgencies06062025am.xlsx";
    private static final byte[] FORTY = Workbooks.participating(Workbooks.agencies(40));
    private static final byte[] THIRTY = Workbooks.participating(Workbooks.agencies(30));

    @Test
    @Order(1)
    void aDryRunReportsAndStoresNothing() {
        upload(FIRST, THIRTY)
                .queryParam("dry_run", "true")
                .post("/v1/sheets")
                .then()
                .statusCode(200)
                .body("dry_run", equalTo(true))
                .body("changes.signed", equalTo(30))
                .body("listed_after", equalTo(30))
                .body("position", equalTo("agreements:0"));

        assertThat(Api.position()).isEqualTo("agreements:0");
        given().get("/v1/sheets").then().body("count", equalTo(0));
    }

    @Test
    @Order(2)
    void aWorkbookIsImportedAndReported() {
        importSheet(FIRST, THIRTY)
                .statusCode(201)
                .body("kind", equalTo("participating"))
                .body("already_imported", equalTo(false))
                .body("published_at", equalTo("2025-06-04T13:00:00Z"))
                .body("rows.data", equalTo(30))
                .body("changes.signed", equalTo(30))
                .body("listed_after", equalTo(30))
                .body("invariants.holds", everyItem(equalTo(true)))
                .body("invariants.name", hasItem("listed_equals_rows"))
                .body("position", equalTo(Api.position()));
    }

    @Test
    @Order(3)
    void theSameBytesAgainChangeNothingWhateverTheyAreCalled() {
        String before = Api.position();

        importSheet(FIRST, THIRTY).statusCode(200).body("already_imported", equalTo(true));
        importSheet("participatingAgencies06272025am.xlsx", THIRTY)
                .statusCode(200)
                .body("already_imported", equalTo(true))
                .body("published_label", equalTo("2025-06-04 am"))
                .body("position", equalTo(before));

        assertThat(Api.position()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void theSameKeyGivesTheSameAnswerAndServesNoOtherRequest() {
        byte[] thirtyFive = Workbooks.participating(Workbooks.agencies(35));
        String first = upload(SECOND, thirtyFive)
                .header("Idempotency-Key", "key-1")
                .post("/v1/sheets")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        String again = upload(SECOND, thirtyFive)
                .header("Idempotency-Key", "key-1")
                .post("/v1/sheets")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertThat(again).isEqualTo(first);

        upload(SECOND, FORTY)
                .header("Idempotency-Key", "key-1")
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:idempotency-key-reused"));
    }

    @Test
    @Order(5)
    void anOlderPublicationIsRefusedAndTheSameStampIsAReissue() {
        byte[] thirtySix = Workbooks.participating(Workbooks.agencies(36));
        String before = Api.position();
        importSheet("participatingAgencies06052025pm.xlsx", thirtySix)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:older-publication"))
                .body("detail", containsString("2025-06-06 am"));
        assertThat(Api.position()).isEqualTo(before);

        importSheet(SECOND, thirtySix)
                .statusCode(201)
                .body("published_at", equalTo("2025-06-06T13:00:01Z"))
                .body("changes.signed", equalTo(1))
                .body("listed_after", equalTo(36));
    }

    @Test
    @Order(6)
    void aPublicationInTheFutureIsRefused() {
        upload("", FORTY)
                .queryParam("kind", "participating")
                .queryParam(
                        "published_at",
                        LocalDate.now(ZoneOffset.UTC).plusDays(3).toString())
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:ledger287:problem:future-publication"))
                .body("parameter", equalTo("published_at"));
    }

    @Test
    @Order(7)
    void aWorkbookFromWhichTooMuchVanishesIsHeldUntilAnEditorDecides() {
        byte[] ten = Workbooks.participating(Workbooks.agencies(10));
        String sheet = importSheet("participatingAgencies06092025am.xlsx", ten)
                .statusCode(202)
                .body("held", equalTo(true))
                .body("status", equalTo("held"))
                .body("listed_after", equalTo(36))
                .body("rows.data", equalTo(10))
                .extract()
                .path("sheet_id");
        String held = Api.position();
        importSheet("participatingAgencies06092025am.xlsx", ten)
                .statusCode(202)
                .body("sheet_id", equalTo(sheet))
                .body("held", equalTo(true))
                .body("already_imported", equalTo(false))
                .body("notes", hasItem(containsString("POST /v1/sheets/" + sheet + "/release")));
        assertThat(Api.position()).isEqualTo(held);
        given().get("/v1/sheets/{id}/rows", sheet)
                .then()
                .body("count", equalTo(10))
                .body("items.why", everyItem(containsString("held")));

        Api.edit("{}")
                .post("/v1/sheets/{id}/rejection", sheet)
                .then()
                .statusCode(400)
                .body("parameter", equalTo("reason"));
        Api.edit("{\"reason\": \"The file was cut off.\"}")
                .post("/v1/sheets/{id}/rejection", sheet)
                .then()
                .statusCode(201)
                .body("status", equalTo("rejected"));
        Api.edit("{\"reason\": \"The file was cut off.\"}")
                .post("/v1/sheets/{id}/release", sheet)
                .then()
                .statusCode(409);
        importSheet("participatingAgencies06092025am.xlsx", ten)
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("already_imported", equalTo(true))
                .body("notes", hasItem(containsString("again=true")));

        String again = upload("participatingAgencies06092025am.xlsx", ten)
                .queryParam("again", "true")
                .post("/v1/sheets")
                .then()
                .statusCode(202)
                .body("sheet_id", not(equalTo(sheet)))
                .extract()
                .path("sheet_id");
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .contentType("application/json")
                .body("{\"reason\": \"No\"}")
                .post("/v1/sheets/{id}/release", again)
                .then()
                .statusCode(403);
        Api.edit("{\"reason\": \"ICE confirmed the departures.\"}")
                .post("/v1/sheets/{id}/release", again)
                .then()
                .statusCode(201)
                .body("status", equalTo("imported"))
                .body("held", equalTo(false))
                .body("listed_after", equalTo(10));
        given().get("/v1/sheets/{id}/rows", again)
                .then()
                .body("count", equalTo(10))
                .body("items.outcome", everyItem(equalTo("matched")));
    }

    @Test
    @Order(8)
    void aFormWithAFileIsTakenToo() {
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .multiPart(
                        "file", "participatingAgencies06102025am.xlsx", Workbooks.participating(Workbooks.agencies(11)))
                .post("/v1/sheets")
                .then()
                .statusCode(201)
                .body("file_name", equalTo("participatingAgencies06102025am.xlsx"))
                .body("changes.signed", equalTo(0))
                .body("changes.relisted", equalTo(1))
                .body("listed_after", equalTo(11));
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .multiPart("other", "x.xlsx", FORTY)
                .post("/v1/sheets")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("file"));
    }

    @Test
    @Order(9)
    void rowsAndTheFileItselfCanBeReadBack() {
        String sheet = given().get("/v1/sheets").then().extract().path("items[0].sheet_id");
        List<Integer> ordinals = new ArrayList<>();
        String cursor = null;
        do {
            var page = cursor == null
                    ? given().queryParam("limit", 7).get("/v1/sheets/{id}/rows", sheet)
                    : given().queryParam("limit", 7)
                            .queryParam("cursor", cursor)
                            .get("/v1/sheets/{id}/rows", sheet);
            page.then().statusCode(200).body("count", equalTo(30));
            ordinals.addAll(page.path("items.ordinal"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(ordinals).hasSize(30).doesNotHaveDuplicates();

        given().get("/v1/sheets/{id}/rows", sheet)
                .then()
                .body("items[0].raw.STATE", equalTo("FLORIDA"))
                .body("items[0].cells.state", equalTo("FL"))
                .body("items[0].became.size()", equalTo(1));
        given().queryParam("state", "repared")
                .get("/v1/sheets/{id}/rows", sheet)
                .then()
                .statusCode(400)
                .body("suggestion", equalTo("repaired"));
        given().get("/v1/sheets/{id}/file", sheet).then().statusCode(401);
        byte[] file = given().auth()
                .oauth2(FreshLedger.EDITOR)
                .get("/v1/sheets/{id}/file", sheet)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(file).isEqualTo(THIRTY);
    }

    @Test
    @Order(10)
    void importsAtTheSameTimeAreCarriedOutOneAfterTheOther() throws Exception {
        List<Callable<Integer>> imports = new ArrayList<>();
        for (int i = 12; i < 20; i++) {
            byte[] workbook = Workbooks.participating(Workbooks.agencies(i));
            imports.add(() -> importSheet("participatingAgencies06172025pm.xlsx", workbook)
                    .extract()
                    .statusCode());
            imports.add(() -> importSheet("participatingAgencies06172025pm.xlsx", workbook)
                    .extract()
                    .statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : callers.invokeAll(imports)) {
                statuses.add(answer.get());
            }
        }
        assertThat(statuses)
                .filteredOn(status -> status == 201 || status == 202)
                .hasSize(8);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(8);
    }

    @Test
    @Order(11)
    void sampleDataIsKeptOutOfARealLedger() {
        byte[] sample = Workbooks.sample(Workbooks.agencies(3));
        importSheet("participatingAgencies06202025am.xlsx", sample)
                .statusCode(422)
                .body("type", equalTo("urn:ledger287:problem:sample-and-real"));
    }

    @Test
    @Order(12)
    void theReportIsReadAgainWithItsPosition() {
        String sheet = given().get("/v1/sheets").then().extract().path("items[1].sheet_id");
        given().get("/v1/sheets/{id}", sheet)
                .then()
                .statusCode(200)
                .body("sheet_id", equalTo(sheet))
                .body("rows.data", equalTo(35))
                .body("unexplained", nullValue())
                .body("position", equalTo(given().get("/v1/sheets").path("items[1].position")));
    }
}
