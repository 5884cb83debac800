package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static ledger287.agreements.service.Api.edit;
import static ledger287.agreements.service.Api.importSheet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What editors record, on one ledger; the tests build on each other. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EditingTest {
    private static final String WHY =
            "\"reason\": \"The county's letter says so.\", \"source_url\": \"https://documents.example.org/letter.pdf\"";
    private static final List<String> AGENCIES = Workbooks.agencies(12);

    @Test
    @Order(1)
    void anEmptyLedgerTakesNoHistoryYet() {
        edit("").post("/v1/agreements/documented-history")
                .then()
                .statusCode(422)
                .body("code", equalTo("empty_ledger"));
    }

    @Test
    @Order(2)
    void anAgreementIsReadWithTheVersionThatIfMatchTakes() {
        importSheet("participatingAgencies06042025am.xlsx", Workbooks.participating(AGENCIES))
                .statusCode(201);

        String tag = given().get("/v1/agreements/{id}", agreement(0))
                .then()
                .statusCode(200)
                .body("agency_name", equalTo(AGENCIES.get(0)))
                .body("listed", equalTo(true))
                .extract()
                .header("ETag");
        assertThat(tag).isEqualTo("\"1\"");
        given().header("If-None-Match", tag)
                .get("/v1/agreements/{id}", agreement(0))
                .then()
                .statusCode(304);
    }

    @Test
    @Order(3)
    void aCorrectionNeedsReasonAndSourceAndTheVersionThatWasRead() {
        edit("{\"county\": \"Brindlewick County\"}")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(400)
                .body("parameter", equalTo("reason"));
        edit("{\"county\": \"Brindlewick County\", \"reason\": \"x\", \"source_url\": \"javascript:alert(1)\"}")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(400)
                .body("parameter", equalTo("source_url"));
        edit("{\"conty\": \"Brindlewick County\", " + WHY + "}")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:ledger287:problem:malformed-body"))
                .body("suggestion", equalTo("county"));
        edit("{\"county\": ")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:malformed-body"));
        edit("").post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        edit("{\"county\": \"Brindlewick County\", " + WHY + "}")
                .header("If-Match", "\"7\"")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("suggestion", equalTo("\"1\""));

        edit("{\"county\": \"Brindlewick County\", " + WHY + "}")
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", "correction-1")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("result", equalTo("accepted"))
                .body("events", hasItem("agreement-corrected"))
                .body("agreement.county", equalTo("Brindlewick County"))
                .body("position", equalTo(Api.position()));
        edit("{\"county\": \"Brindlewick County\", " + WHY + "}")
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", "correction-1")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("result", equalTo("accepted"));
        edit("{\"county\": \"Brindlewick County\", " + WHY + "}")
                .post("/v1/agreements/{id}/correction", agreement(0))
                .then()
                .statusCode(200)
                .body("result", equalTo("unchanged"));
    }

    @Test
    @Order(4)
    void anEndingIsRecordedAsFarAsItsDateIsKnown() {
        edit("{\"on\": \"2025-13\", \"by\": \"ice\", " + WHY + "}")
                .post("/v1/agreements/{id}/termination", agreement(1))
                .then()
                .statusCode(400)
                .body("parameter", equalTo("on"));
        edit("{\"on\": \"2024\", \"by\": \"ice\", " + WHY + "}")
                .post("/v1/agreements/{id}/termination", agreement(1))
                .then()
                .statusCode(422)
                .body("code", equalTo("ended_before_signed"));
        edit("{\"on\": \"2025-06\", \"by\": \"agency\", " + WHY + "}")
                .post("/v1/agreements/{id}/termination", agreement(1))
                .then()
                .statusCode(200)
                .body("agreement.ended.on", equalTo("2025-06-01"))
                .body("agreement.ended.precision", equalTo("month"))
                .body("agreement.ended.by", equalTo("agency"));
    }

    @Test
    @Order(5)
    void onlyEditorsDecide() {
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .contentType("application/json")
                .body("{" + WHY + "}")
                .post("/v1/agreements/{id}/retraction", agreement(1))
                .then()
                .statusCode(403);
        edit("{" + WHY + "}")
                .post("/v1/agreements/{id}/retraction", agreement(1))
                .then()
                .statusCode(422)
                .body("code", equalTo("listed"));
        edit("{" + WHY + "}")
                .post("/v1/agreements/{id}/retraction", "00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
    }

    @Test
    @Order(6)
    void agenciesHaveAliasesAndAreMerged() {
        edit("{\"name\": \"Ashquarry SO\", " + WHY + "}")
                .post("/v1/agencies/{id}/alias", agency(0))
                .then()
                .statusCode(200)
                .body("agency.aliases.name", hasItem("Ashquarry SO"));
        edit("{\"name\": \"" + AGENCIES.get(3) + "\", " + WHY + "}")
                .post("/v1/agencies/{id}/alias", agency(0))
                .then()
                .statusCode(422)
                .body("code", equalTo("name_taken"));
        edit("{\"into\": \"" + agency(3) + "\", " + WHY + "}")
                .post("/v1/agencies/{id}/merge", agency(2))
                .then()
                .statusCode(200)
                .body("agency.merged_into", equalTo(agency(3)));
        edit("{\"agency_type\": \"municipalty\", " + WHY + "}")
                .post("/v1/agencies/{id}/correction", agency(4))
                .then()
                .statusCode(400)
                .body("suggestion", equalTo("municipality"));
        edit("{\"agency_type\": \"municipality\", " + WHY + "}")
                .post("/v1/agencies/{id}/correction", agency(4))
                .then()
                .statusCode(200)
                .body("agency.agency_type", equalTo("municipality"));
    }

    @Test
    @Order(7)
    void theDocumentedHistoryIsRecordedOnce() {
        edit("").post("/v1/agreements/documented-history")
                .then()
                .statusCode(201)
                .body("result", equalTo("accepted"))
                .body("agreement.agency_name", equalTo("Alamance County Sheriff's Office"))
                .body("agreement.signed_on", equalTo("2006-01-01"))
                .body("agreement.signed_precision", equalTo("year"))
                .body("agreement.first_listed_at", nullValue())
                .body("agreement.ended.not_before", equalTo("2012-01-01"));
        String position = Api.position();
        edit("").post("/v1/agreements/documented-history")
                .then()
                .statusCode(200)
                .body("result", equalTo("unchanged"));
        assertThat(Api.position()).isEqualTo(position);

        edit("{\"state\": \"GA\", \"agency_name\": \"Quillmarsh County Sheriff's Office\", \"signed_on\": \"2008-03\","
                        + " \"ended\": {\"on\": \"2011\", \"by\": \"agency\", \"source_url\":"
                        + " \"https://documents.example.org/end.pdf\"}, " + WHY + "}")
                .post("/v1/agreements")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("agreement.signed_precision", equalTo("month"))
                .body("agreement.status", equalTo("ended"));
    }

    @Test
    @Order(8)
    void aReviewIsDecidedByAPerson() {
        importSheet("participatingAgencies06062025am.xlsx", Workbooks.withUnreadableDate(AGENCIES, 5))
                .statusCode(201);
        given().queryParam("status", "opn")
                .get("/v1/reviews")
                .then()
                .statusCode(400)
                .body("suggestion", equalTo("open"));
        String review = given().queryParam("status", "open")
                .get("/v1/reviews")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("items[0].status", equalTo("open"))
                .extract()
                .path("items[0].review_id");
        given().get("/v1/reviews/{id}", review).then().statusCode(200).header("ETag", "\"1\"");

        edit("{\"choice\": \"as_listd\", " + WHY + "}")
                .post("/v1/reviews/{id}/decision", review)
                .then()
                .statusCode(400)
                .body("suggestion", equalTo("as_listed"));
        edit("{\"choice\": \"as_listed\", " + WHY + "}")
                .header("If-Match", "\"1\"")
                .post("/v1/reviews/{id}/decision", review)
                .then()
                .statusCode(200)
                .body("review.status", equalTo("decided"))
                .body("review.decision.by", equalTo("editor"));
        given().queryParam("status", "open").get("/v1/reviews").then().body("count", equalTo(0));
    }

    @Test
    @Order(9)
    void anImportIsTakenBackEventByEvent() {
        String before = given().get("/v1/agreements/{id}", agreement(7))
                .then()
                .extract()
                .asString();
        String sheet = importSheet(
                        "participatingAgencies06172025pm.xlsx",
                        Workbooks.participating(Workbooks.agencies(12).subList(0, 11)))
                .statusCode(201)
                .body("changes.unlisted", equalTo(1))
                .extract()
                .path("sheet_id");
        edit("{\"reason\": \"It was the wrong file.\"}")
                .post(
                        "/v1/sheets/{id}/retraction",
                        given().get("/v1/sheets").path("items[0].sheet_id").toString())
                .then()
                .statusCode(422)
                .body("code", equalTo("later_import"))
                .body("detail", containsString("2025-06-17 pm"));

        edit("{\"reason\": \"It was the wrong file.\"}")
                .post("/v1/sheets/{id}/retraction", sheet)
                .then()
                .statusCode(201)
                .body("status", equalTo("retracted"))
                .body("listed_after", equalTo(12));

        assertThat(given().get("/v1/agreements/{id}", agreement(7))
                        .then()
                        .extract()
                        .asString())
                .isEqualTo(before);
        importSheet("participatingAgencies06172025pm.xlsx", Workbooks.participating(Workbooks.agencies(12)))
                .statusCode(200);
    }

    /** Id of the agreement that a row of the first workbook became. */
    private static String agreement(int row) {
        String sheet = given().get("/v1/sheets").path("items[0].sheet_id");
        String stream = given().get("/v1/sheets/{id}/rows", sheet).path("items[" + row + "].became[0]");
        return stream.substring("agreement-".length());
    }

    private static String agency(int row) {
        return given().get("/v1/agreements/{id}", agreement(row)).path("agency_id");
    }
}
