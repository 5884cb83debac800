package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
final class AccessTest {

    @Test
    void readingNeedsNoKey() {
        given().get("/v1/sheets")
                .then()
                .statusCode(200)
                .body("count", equalTo(0))
                .body("items.size()", equalTo(0));
    }

    @Test
    void writingWithoutAKeyIsRefusedWithAProblem() {
        given().contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/sheets")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("type", equalTo("urn:ledger287:problem:unauthenticated"));
    }

    @Test
    void aKeyThatIsNotOursIsRefused() {
        given().auth()
                .oauth2("l287_not-a-key")
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/sheets")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void anotherKindOfTokenIsRefusedToo() {
        given().auth()
                .oauth2("eyJhbGciOiJub25lIn0.e30.")
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .post("/v1/sheets")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void noRoleImpliesAnother() {
        for (String key : new String[] {FreshLedger.EDITOR, FreshLedger.ADMIN}) {
            given().auth()
                    .oauth2(key)
                    .contentType("application/octet-stream")
                    .body(new byte[] {1})
                    .post("/v1/sheets")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", containsString("importer"));
        }
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .post("/v1/publisher/republication")
                .then()
                .statusCode(403);
    }

    @Test
    void anUnknownAddressIsAProblem() {
        given().get("/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:not-found"));
        given().get("/v1/sheets/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("/v1/sheets"));
        given().get("/v1/sheets/not-an-id").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void anotherMethodIsAProblem() {
        given().delete("/v1/sheets").then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void anotherMediaTypeIsAProblemThatSaysWhichToUse() {
        given().auth()
                .oauth2(FreshLedger.IMPORTER)
                .contentType(ContentType.TEXT)
                .body("hello")
                .post("/v1/sheets")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("detail", containsString("application/octet-stream"));
    }

    @Test
    void anUnknownParameterIsNamedAndCorrected() {
        given().queryParam("limt", 5)
                .get("/v1/sheets")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", equalTo("limt"))
                .body("suggestion", equalTo("limit"));
    }

    @Test
    void aParameterOutOfRangeIsNamed() {
        given().queryParam("limit", 0).get("/v1/sheets").then().statusCode(400).body("parameter", equalTo("limit"));
        given().queryParam("cursor", "x")
                .get("/v1/sheets")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("cursor"));
    }

    @Test
    void theServiceDescribesItself() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1"))
                .body("paths.'/v1/sheets'.post.responses.'201'.description", equalTo("Imported"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("ledger287_publisher_lag_events"))
                .body(containsString("ledger287_import_seconds"))
                .body(containsString("ledger287_append_seconds"));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
    }
}
