package ledger287.operations.service;

import static io.restassured.RestAssured.given;
import static ledger287.operations.service.Api.claim;
import static ledger287.operations.service.Api.claimJson;
import static ledger287.operations.service.Api.editor;
import static ledger287.operations.service.Api.operation;
import static ledger287.operations.service.Api.operationJson;
import static ledger287.operations.service.Api.position;
import static ledger287.operations.service.Api.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "operations"))
final class RecordingTest {

    @Test
    void anOperationIsRecordedWithItsClaims() {
        String answer = post("/v1/operations", """
                        {"external_id": "nashville-like",
                         "name": "Traffic stops in the south of Quillmarsh",
                         "start": {"on": "2025-05", "text": "several days in May"},
                         "end": {"not_after": "2025-05-31"},
                         "places": [{"state": "TN", "county": "Quillmarsh", "county_fips": "47999", "description": "the south"}],
                         "lead_office": "ICE, Example field office",
                         "partners": [{"name": "Quillmarsh Highway Patrol", "state": "TN", "role": "traffic stops"}],
                         "sources": [{"url": "https://news.example.org/q", "title": "A week", "publisher": "The Example",
                                      "published_on": "2025-06-06"}],
                         "claims": [
                           {"metric": "arrests", "figure": "196", "speaker": {"organization": "ICE", "official": true},
                            "source_url": "https://news.example.org/q"},
                           {"metric": "convicted_or_pending", "figure": {"qualifier": "exactly", "value": 95},
                            "speaker": {"organization": "ICE", "official": true}, "source_url": "https://news.example.org/q"},
                           {"metric": "no_criminal_record", "figure": {"qualifier": "majority_of", "of": 196},
                            "speaker": {"organization": "ICE", "official": true}, "source_url": "https://news.example.org/q"},
                           {"metric": "partner_agencies", "figure": "about 20",
                            "speaker": {"name": "A reporter"}, "source_url": "https://news.example.org/q"},
                           {"metric": "final_orders", "figure": {"qualifier": "unknown"},
                            "speaker": {"organization": "ICE", "official": true},
                            "quotation": "ICE did not answer.", "source_url": "https://news.example.org/q"}]}
                        """)
                .statusCode(201)
                .header("Location", containsString("/v1/operations/"))
                .header("ETag", equalTo("\"1-5\""))
                .body("name", equalTo("Traffic stops in the south of Quillmarsh"))
                .body("start.on", equalTo("2025-05-01"))
                .body("start.precision", equalTo("month"))
                .body("end.precision", equalTo("unknown"))
                .body("scope", equalTo("operation"))
                .body("claims.figure.text", contains("196", "95", "a majority of 196", "about 20", "not known"))
                .body("claims[2].figure.low", equalTo(99))
                .body("claims[2].figure.high", equalTo(196))
                .body("claims[3].figure.low", nullValue())
                .body("claims[0].published_on", equalTo("2025-06-06"))
                .body("claims[0].known_at", equalTo("2025-06-06T16:00:00Z"))
                .body("position", equalTo(position()))
                .extract()
                .path("operation_id");

        given().get("/v1/operations/" + answer).then().statusCode(200).body("claims.size()", equalTo(5));
        given().queryParam("external_id", "nashville-like")
                .get("/v1/operations")
                .then()
                .body("items.operation_id", contains(answer))
                .body("count", equalTo(1));
        post(
                        "/v1/operations",
                        "{\"external_id\": \"nashville-like\", "
                                + operationJson("Another").substring(1))
                .statusCode(422)
                .body("code", equalTo("external-id-taken"))
                .body("parameter", equalTo("external_id"));
    }

    @Test
    void runningTotalsReplaceEachOtherAndTheHistoryKeepsAll() {
        String operation = operation("Running totals");
        claim(operation, "780", "ICE", "2025-07-01");
        claim(operation, "nearly 800", "ICE", "2025-07-03");
        String newest = claim(operation, "1,120", "ICE", "2025-07-09");
        claim(operation, "96", "A sheriff", "2025-07-10");

        given().get("/v1/operations/" + operation)
                .then()
                .body("claims.findAll { it.status == 'current' }.figure.text", contains("1,120", "96"))
                .body("claims.findAll { it.status == 'superseded' }.figure.text", contains("780", "nearly 800"));
        given().get("/v1/operations/" + operation + "/history")
                .then()
                .statusCode(200)
                .body(
                        "items.type",
                        contains(
                                "org.ledger287.operation.recorded.v1",
                                "org.ledger287.claim.made.v1",
                                "org.ledger287.claim.made.v1",
                                "org.ledger287.claim.superseded.v1",
                                "org.ledger287.claim.made.v1",
                                "org.ledger287.claim.superseded.v1",
                                "org.ledger287.claim.made.v1"))
                .body("count", equalTo(7));

        post("/v1/claims/" + newest + "/retraction", "{\"reason\": \"ICE took it back.\"}")
                .statusCode(200)
                .body("status", equalTo("retracted"))
                .body("reason", equalTo("ICE took it back."));
        given().get("/v1/operations/" + operation)
                .then()
                .body("claims.findAll { it.status == 'current' }.figure.text", containsInAnyOrder("nearly 800", "96"));
        given().get("/v1/claims/" + newest + "/history")
                .then()
                .body("items[-1].data.before.status", equalTo("current"))
                .body("items[-1].data.editor.reason", equalTo("ICE took it back."))
                .body("items[-1].data.editor.by", equalTo("editor"));
    }

    @Test
    void aClaimIsCorrectedAndPreferred() {
        String operation = operation("Rivals");
        String first = claim(operation, "95", "ICE", "2025-07-01");
        String rival = claim(operation, "96", "A sheriff", "2025-07-01");
        post("/v1/claims/" + first + "/preference", "{\"reason\": \"It counts people.\"}")
                .statusCode(200)
                .body("preferred", equalTo(true));
        post("/v1/claims/" + rival + "/preference", "{\"reason\": \"On second thought.\"}")
                .statusCode(200);
        given().get("/v1/operations/" + operation).then().body("claims.find { it.preferred }.claim_id", equalTo(rival));
        post(
                        "/v1/claims/" + first + "/correction",
                        "{\"reason\": \"A typing error.\", \"claim\": {\"figure\": \"at least 95\"}}")
                .statusCode(200)
                .body("figure.text", equalTo("at least 95"))
                .body("speaker.organization", equalTo("ICE"))
                .body("reason", equalTo("A typing error."));
        post("/v1/claims/" + first + "/correction", "{\"claim\": {\"figure\": \"1\"}}")
                .statusCode(422)
                .body("parameter", equalTo("reason"));
    }

    @Test
    void anOperationIsCorrectedItsPartnersReplacedAndAnOverlapDeclaredWithBoth() {
        String one = operation("One");
        String other = operation("Other");
        post(
                        "/v1/operations/" + one + "/correction",
                        "{\"reason\": \"The day is known now.\", \"operation\": {\"start\": \"2025-05-13\"}}")
                .statusCode(200)
                .body("start.precision", equalTo("day"))
                .body("name", equalTo("One"));
        post("/v1/operations/" + one + "/partners", "{\"partners\": [{\"name\": \"City of Emberlake Police\"}]}")
                .statusCode(200)
                .body("partners.name", contains("City of Emberlake Police"));
        post(
                        "/v1/operations/" + one + "/overlaps",
                        "{\"operation_id\": \"" + other + "\", \"relation\": \"overlaps\", \"reason\": \"Same days.\"}")
                .statusCode(200)
                .body("overlaps.operation_id", contains(other));
        given().get("/v1/operations/" + other).then().body("overlaps.operation_id", contains(one));

        post("/v1/operations/" + one + "/retraction", "{\"reason\": \"It never happened.\"}")
                .statusCode(200)
                .body("status", equalTo("retracted"));
        post("/v1/operations/" + one + "/claims", claimJson("arrests", "1", "ICE", "2025-07-01"))
                .statusCode(422)
                .body("code", equalTo("operation-retracted"));
        post("/v1/operations/" + one + "/retraction", "{\"reason\": \"Again.\"}")
                .statusCode(422)
                .body("code", equalTo("already-retracted"));
    }

    @Test
    void theSameKeyAndBodyGetTheSameAnswerAndAnotherBodyIsRefused() {
        String body = operationJson("Once only");
        String first = editor().header("Idempotency-Key", "once")
                .body(body)
                .post("/v1/operations")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        String position = position();
        String again = editor().header("Idempotency-Key", "once")
                .body(body)
                .post("/v1/operations")
                .then()
                .statusCode(201)
                .header("ETag", notNullValue())
                .extract()
                .asString();
        assertThat(again).isEqualTo(first);
        assertThat(position()).isEqualTo(position);
        editor().header("Idempotency-Key", "once")
                .body(operationJson("Something else"))
                .post("/v1/operations")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:ledger287:problem:idempotency-key-reused"));
    }

    @Test
    void whoHasNotSeenTheNewestVersionIsToldSo() {
        String operation = operation("Seen");
        String tag = given().get("/v1/operations/" + operation).then().extract().header("ETag");
        editor().header("If-Match", tag)
                .body(claimJson("arrests", "3", "ICE", "2025-07-01"))
                .post("/v1/operations/" + operation + "/claims")
                .then()
                .statusCode(201);
        editor().header("If-Match", tag)
                .body("{\"reason\": \"Stale.\"}")
                .post("/v1/operations/" + operation + "/retraction")
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:stale"));
    }

    @Test
    void concurrentClaimsOfOneSpeakerLeaveOneCurrent() throws Exception {
        String operation = operation("Concurrent");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 1; i <= 16; i++) {
            String json = claimJson("arrests", String.valueOf(i), "ICE", "2025-07-01");
            calls.add(() -> editor().body(json)
                    .post("/v1/operations/" + operation + "/claims")
                    .statusCode());
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> call : callers.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(201);
            }
        }
        given().get("/v1/operations/" + operation)
                .then()
                .body("claims.size()", equalTo(16))
                .body("claims.findAll { it.status == 'current' }.size()", equalTo(1));
    }

    @Test
    void sampleAndRealDataAreNotMixed() {
        operation("Real");
        editor().queryParam("sample", "true")
                .body(operationJson("Sample"))
                .post("/v1/operations")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:ledger287:problem:sample-and-real"));
        editor().queryParam("sample", "false")
                .body(operationJson("Real too"))
                .post("/v1/operations")
                .then()
                .statusCode(201);
    }

    @Test
    void theListPagesThroughAllOperations() {
        for (int i = 0; i < 5; i++) {
            operation("Page " + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = given().queryParam("limit", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get("/v1/operations").then().statusCode(200).extract();
            seen.addAll(page.path("items.operation_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
        int count = given().get("/v1/operations").then().extract().path("count");
        assertThat(seen).hasSize(count);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        String nobody = "00000000-0000-0000-0000-000000000287";
        for (String address : List.of("/v1/operations/", "/v1/claims/", "/v1/jobs/")) {
            given().get(address + nobody)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:ledger287:problem:not-found"));
        }
        post("/v1/operations/" + nobody + "/retraction", "{\"reason\": \"x\"}").statusCode(404);
        post("/v1/claims/" + nobody + "/retraction", "{\"reason\": \"x\"}").statusCode(404);
    }

    @Test
    void theServiceDescribesItself() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1"))
                .body("paths.'/v1/operations/bulk'.post.summary", equalTo("Record many operations and claims"));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
    }
}
