package ledger287.agreements.service;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import ledger287.service.testing.FreshLedger;

/** Requests as the ledger's callers make them. */
final class Api {

    private Api() {}

    static ValidatableResponse importSheet(String fileName, byte[] workbook) {
        return upload(fileName, workbook).post("/v1/sheets").then();
    }

    static RequestSpecification upload(String fileName, byte[] workbook) {
        return given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .contentType("application/octet-stream")
                .header("X-File-Name", fileName)
                .body(workbook);
    }

    static RequestSpecification edit(String json) {
        return given().auth()
                .oauth2(FreshLedger.EDITOR)
                .contentType("application/json")
                .body(json);
    }

    /** The newest position of the log. */
    static String position() {
        return given().get("/v1/sheets").then().statusCode(200).extract().path("feed_position");
    }
}
