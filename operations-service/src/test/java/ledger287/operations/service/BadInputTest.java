package ledger287.operations.service;

import static io.restassured.RestAssured.given;
import static ledger287.operations.service.Api.claimJson;
import static ledger287.operations.service.Api.editor;
import static ledger287.operations.service.Api.operation;
import static ledger287.operations.service.Api.operationJson;
import static ledger287.operations.service.Api.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, the answer says what and where, and nothing is stored. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "operations"))
final class BadInputTest {
    private String operation = "";
    private String position = "";

    @BeforeEach
    void recordAnOperation() {
        operation = operation("An operation");
        position = position();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(position()).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"qualifier\": \"exactly\", \"value\": -1}",
                "{\"qualifier\": \"exactly\", \"value\": 1.5}",
                "{\"qualifier\": \"exactly\", \"value\": 1e999}",
                "{\"qualifier\": \"exactly\", \"value\": 1e3}",
                "{\"qualifier\": \"exactly\", \"value\": 1000000000001}",
                "{\"qualifier\": \"exactly\", \"value\": 99999999999999999999999}",
                "{\"qualifier\": \"exactly\", \"value\": \"196\"}",
                "{\"qualifier\": \"exactly\"}",
                "{\"qualifier\": \"unknown\", \"value\": 3}",
                "{\"qualifier\": \"roughly\", \"value\": 3}",
                "{\"qualifier\": \"between\", \"low\": 5, \"high\": 5}",
                "{\"qualifier\": \"majority_of\", \"of\": 0}",
                "{\"value\": 196}",
                "196",
                "[]",
                "null",
                "\"a lot\"",
                "\"-5\"",
                "\"at least 99999999999999999999\""
            })
    void aFigureThatNoCountCanHave(String figure) {
        claim("figure", figure)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:invalid-field"))
                .body("parameter", containsString("figure"));
    }

    @Test
    void aNumberThatIsNone() {
        claim("figure", "{\"qualifier\": \"exactly\", \"value\": NaN}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:malformed-body"))
                .body("detail", containsString("NaN"))
                .body("detail", not(containsString("com.fasterxml")));
    }

    @Test
    void aMetricThatIsNoneIsCorrected() {
        claim("metric", "\"arests\"")
                .statusCode(422)
                .body("parameter", equalTo("metric"))
                .body("suggestion", equalTo("arrests"));
    }

    @ParameterizedTest
    @CsvSource({
        "published_on, 2025-02-30",
        "published_on, 0001-01-01",
        "published_on, 9999-12-31",
        "published_on, +999999999-12-31",
        "published_on, yesterday",
        "as_of, 1890-01-01",
        "as_of, 3025",
        "as_of, 2025-13"
    })
    void aDateOutOfRange(String field, String date) {
        claim(field, "\"" + date + "\"")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("parameter", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "quotation, '\"<script>alert(1)</script>\"'",
        "quotation, '\"a \\u0000 b\"'",
        "quotation, '\"half a character: \\ud800\"'",
        "quotation, 7",
        "source_url, '\"javascript:alert(1)\"'",
        "source_url, '\"not an address\"'",
        "source_url, '\"https://user:secret@example.org/\"'",
        "source_url, '\"https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org&data=x\"'",
        "speaker, '{\"official\": true}'",
        "speaker, '{\"name\": \"<b>ICE</b>\"}'",
        "speaker, '{\"organization\": \"ICE\", \"official\": \"yes\"}'",
        "supersedes, '\"00000000-0000-0000-0000-000000000287\"'",
        "supersedes, '\"x\"'",
        "operation_id, '\"00000000-0000-0000-0000-000000000287\"'"
    })
    void anythingElseThatAClaimCannotHave(String field, String value) {
        claim(field, value).statusCode(422).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"<b>Bold</b>\", \"sources\": [{\"url\": \"https://example.org/\"}]}",
                "{\"name\": \"&lt;b&gt;\", \"sources\": [{\"url\": \"https://example.org/\"}]}",
                "{\"name\": \"Two\\nlines\", \"sources\": [{\"url\": \"https://example.org/\"}]}",
                "{\"name\": \"\", \"sources\": [{\"url\": \"https://example.org/\"}]}",
                "{\"sources\": [{\"url\": \"https://example.org/\"}]}",
                "{\"name\": \"No source\"}",
                "{\"name\": \"X\", \"sources\": {}}",
                "{\"name\": \"X\", \"sources\": [7]}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"places\": [{\"state\": \"XX\"}]}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"places\": [{\"state\": \"FL\", \"county_fips\": \"47037\"}]}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"places\": [{}]}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"partners\": [{\"name\": \"<i>\"}]}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"start\": \"2025-06\", \"end\": \"2025-05\"}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"start\": {\"on\": \"2025-06-13\", \"precision\": \"month\"}}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"start\": {\"precision\": \"day\"}}",
                "{\"name\": \"X\", \"sources\": [{\"url\": \"https://example.org/\"}], \"nmae\": \"Y\"}"
            })
    void anOperationThatCannotBe(String json) {
        editor().body(json).post("/v1/operations").then().statusCode(422).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "null", "{} {}", "{\"name\": \"X\", \"name\": \"Y\"}", "name=X"})
    void aBodyThatIsNoObject(String body) {
        editor().body(body)
                .post("/v1/operations")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:malformed-body"));
    }

    @Test
    void aBodyOfTenThousandLevels() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                raw("/v1/operations", "{\"name\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:ledger287:problem:malformed-body", "depth");
    }

    @Test
    void aQuotationOfTenMegabytes() throws IOException, InterruptedException {
        String json = claimJson("arrests", "196", "ICE", "2025-07-01").strip();
        HttpResponse<String> answer = raw(
                "/v1/operations/" + operation + "/claims",
                json.substring(0, json.length() - 1) + ", \"quotation\": \"" + "x".repeat(10_000_000) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:ledger287:problem:too-large");
        claim("quotation", "\"" + "x".repeat(5_001) + "\"")
                .statusCode(422)
                .body("parameter", equalTo("quotation"))
                .body("detail", containsString("5000"));
    }

    @Test
    void aKeyOfAnotherRoleAndNoKey() {
        for (String address :
                new String[] {"/v1/operations", "/v1/operations/" + operation + "/claims", "/v1/operations/bulk"}) {
            for (String key : new String[] {FreshLedger.IMPORTER, FreshLedger.ADMIN}) {
                given().auth()
                        .oauth2(key)
                        .contentType("application/json")
                        .header("X-File-Name", "x.ndjson")
                        .body(operationJson("X"))
                        .post(address)
                        .then()
                        .statusCode(403)
                        .contentType("application/problem+json");
            }
            given().contentType("application/json")
                    .body(operationJson("X"))
                    .post(address)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void anotherMediaTypeAndAnUnknownParameter() {
        editor().contentType("text/plain")
                .body(operationJson("X"))
                .post("/v1/operations")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        editor().queryParam("smaple", "true")
                .body(operationJson("X"))
                .post("/v1/operations")
                .then()
                .statusCode(400)
                .body("suggestion", equalTo("sample"));
        editor().queryParam("sample", "perhaps")
                .body(operationJson("X"))
                .post("/v1/operations")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("sample"));
    }

    /** Without the test library, which prints what it sends, indented. */
    private static HttpResponse<String> raw(String address, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + address))
                            .header("Authorization", "Bearer " + FreshLedger.EDITOR)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /** A good claim but for one field. */
    private ValidatableResponse claim(String field, String value) {
        String good = claimJson("arrests", "196", "ICE", "2025-07-01").strip();
        String without = good.replaceAll("\"" + field + "\": (\"[^\"]*\"|\\{[^}]*\\}),?\\s*", "");
        String json = without.replaceFirst(",?\\s*\\}$", "") + ", \"" + field + "\": " + value + "}";
        return editor().body(json)
                .post("/v1/operations/" + operation + "/claims")
                .then();
    }
}
