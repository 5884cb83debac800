package ledger287.operations.service;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import ledger287.service.testing.FreshLedger;

/** Requests as the ledger's callers make them. Operations and claims here are fictional. */
final class Api {

    private Api() {}

    static RequestSpecification editor() {
        return given().auth().oauth2(FreshLedger.EDITOR).contentType("application/json");
    }

    static ValidatableResponse post(String address, String json) {
        return editor().body(json).post(address).then();
    }

    /** Records an operation and answers its id. */
    static String operation(String name) {
        return post("/v1/operations", operationJson(name))
                .statusCode(201)
                .extract()
                .path("operation_id");
    }

    static String operationJson(String name) {
        return """
                {"name": "%s",
                 "start": "2025-05",
                 "places": [{"state": "TN", "county": "Quillmarsh", "county_fips": "47999"}],
                 "partners": [{"name": "Quillmarsh Highway Patrol", "state": "TN"}],
                 "sources": [{"url": "https://news.example.org/quillmarsh", "published_on": "2025-06-06"}]}
                """.formatted(name);
    }

    static String claimJson(String metric, String figure, String organization, String publishedOn) {
        return """
                {"metric": "%s", "figure": "%s", "published_on": "%s",
                 "speaker": {"organization": "%s", "official": true},
                 "source_url": "https://news.example.org/quillmarsh"}
                """.formatted(metric, figure, publishedOn, organization);
    }

    static String claim(String operation, String figure, String organization, String publishedOn) {
        return post("/v1/operations/" + operation + "/claims", claimJson("arrests", figure, organization, publishedOn))
                .statusCode(201)
                .extract()
                .path("claim_id");
    }

    /** The newest position of the log. */
    static String position() {
        return given().get("/v1/operations").then().statusCode(200).extract().path("feed_position");
    }
}
