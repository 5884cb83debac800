package ledger287.operations.service;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ledger287.operations.service.Api.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "operations"))
final class BulkTest {

    @Test
    void everyGoodLineIsRecordedOnceAndEveryBadOneNamed() {
        int lines = 3_000;
        Set<Long> bad = new HashSet<>();
        StringBuilder file = new StringBuilder();
        for (int i = 1; i <= lines; i++) {
            boolean isBad = BulkLines.isBad(i);
            file.append(BulkLines.line("many", i, isBad)).append('\n');
            if (isBad) {
                bad.add((long) i);
            }
        }
        String id = send("application/x-ndjson", file.toString());
        JsonPath job = done(id);
        assertThat(job.getLong("lines.total")).isEqualTo(lines);
        assertThat(job.getLong("lines.recorded")).isEqualTo(lines - bad.size());
        assertThat(job.getLong("lines.failed")).isEqualTo(bad.size());
        assertThat(failures(id)).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(job.getString("position")).isEqualTo(position());
        String position = position();
        int operations = given().get("/v1/operations").then().extract().path("count");

        JsonPath again = done(send("application/x-ndjson", file.toString()));
        assertThat(again.getLong("lines.unchanged")).isEqualTo(lines - bad.size());
        assertThat(again.getLong("lines.recorded")).isZero();
        assertThat(again.getLong("lines.failed")).isEqualTo(bad.size());
        assertThat(position()).isEqualTo(position);
        given().get("/v1/operations").then().body("count", equalTo(operations));
    }

    @Test
    void aClaimMayFollowItsOperationInTheSameFileOrInALaterOne() {
        JsonPath first = done(send("application/x-ndjson", """
                {"line_id": "f1", "claim": {"operation_external_id": "follow", "metric": "arrests", "figure": "1", "published_on": "2025-07-01", "speaker": {"organization": "ICE"}, "source_url": "https://news.example.org/"}}
                {"line_id": "f2", "operation": {"external_id": "follow", "name": "Followed", "sources": [{"url": "https://news.example.org/"}]}}

                {"line_id": "f3", "claim": {"operation_external_id": "follow", "metric": "arrests", "figure": "780", "published_on": "2025-07-01", "speaker": {"organization": "ICE"}, "source_url": "https://news.example.org/"}}
                {"line_id": "f4", "claim": {"operation_external_id": "follow", "metric": "arrests", "figure": "nearly 800", "published_on": "2025-07-02", "speaker": {"organization": "ICE"}, "source_url": "https://news.example.org/"}}
                """));
        assertThat(first.getLong("lines.recorded")).isEqualTo(3);
        assertThat(first.getList("failures.items.line")).containsExactly(1);
        assertThat(first.getList("failures.items.code")).containsExactly("no-such-operation");

        done(send("application/x-ndjson", """
                {"line_id": "f5", "claim": {"operation_external_id": "follow", "metric": "arrests", "figure": "1,120", "published_on": "2025-07-09", "speaker": {"organization": "ICE"}, "source_url": "https://news.example.org/"}}
                """));
        given().queryParam("external_id", "follow")
                .get("/v1/operations")
                .then()
                .body("items[0].claims.findAll { it.status == 'current' }.figure.text", equalTo(List.of("1,120")))
                .body("items[0].claims.size()", equalTo(3));
    }

    @Test
    void whatIsWrongWithALineIsSaidByLine() {
        JsonPath job = done(
                send(
                        "application/x-ndjson",
                        String.join(
                                "\n",
                                "{\"line_id\": \"w1\", \"operation\": {\"name\": \"<b>\"}}",
                                "not json",
                                "{\"operation\": {\"name\": \"X\"}}",
                                "{\"line_id\": \"w4\"}",
                                "{\"line_id\": \"w5\", \"operaton\": {}}",
                                "{\"line_id\": \"w6\", \"claim\": {\"metric\": \"arests\"}}",
                                "{\"line_id\": \"w7\", \"operation\": {\"name\": \"" + "x".repeat(70_000) + "\"}}",
                                "[".repeat(10_000),
                                "",
                                "{\"line_id\": \"w10\", \"operation\": {\"name\": \"No source\"}}",
                                "{\"line_id\": \"w11\", \"operation\": {\"name\": \"Good\", \"sources\": [{\"url\": \"https://example.org/\"}]}}",
                                "{\"line_id\": \"w11\", \"operation\": {\"name\": \"Other\", \"sources\": [{\"url\": \"https://example.org/\"}]}}")));
        assertThat(job.getLong("lines.recorded")).isEqualTo(1);
        assertThat(job.getList("failures.items.line")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 10, 12);
        assertThat(job.getList("failures.items.code"))
                .containsExactly(
                        "invalid-field",
                        "malformed",
                        "invalid-field",
                        "invalid-field",
                        "invalid-field",
                        "invalid-field",
                        "too-long",
                        "malformed",
                        "no-source",
                        "line-id-taken");
        assertThat(job.getString("failures.items[0].field")).isEqualTo("name");
        assertThat(job.getString("failures.items[0].line_id")).isEqualTo("w1");
        assertThat(job.getString("failures.items[4].reason")).contains("Did you mean 'operation'?");
        assertThat(job.getString("failures.items[5].reason")).contains("Did you mean 'arrests'?");
    }

    @Test
    void csvSaysTheSame() {
        JsonPath job = done(send("text/csv", """
                line_id,external_id,name,start,start_text,state,county,county_fips,partners,source_url,published_on,metric,figure,organization,official,quotation
                c1,csv-1,"A sweep, statewide",2025-05,"several days, in May",FL,,,Agency A;Agency B,https://news.example.org/csv,2025-06-06,arrests,"more than 1,300",ICE,true,"They said
                ""more"" than 1,300"
                c2,csv-1,,,,,,,,https://news.example.org/csv,2025-06-06,partner_agencies,about 20,ICE,true,
                c3,csv-2,Bad,2025-13,,FL,,,,https://news.example.org/csv,,,,,,
                c4,csv-3,Too many cells,2025-05,,FL,,,,https://news.example.org/csv,,,,,,,,
                """));
        assertThat(job.getLong("lines.recorded")).isEqualTo(2);
        assertThat(job.getList("failures.items.line")).containsExactly(5, 6);
        given().queryParam("external_id", "csv-1")
                .get("/v1/operations")
                .then()
                .body("items[0].name", equalTo("A sweep, statewide"))
                .body("items[0].start.precision", equalTo("month"))
                .body("items[0].partners.name", equalTo(List.of("Agency A", "Agency B")))
                .body("items[0].claims.figure.text", equalTo(List.of("more than 1,300", "about 20")))
                .body("items[0].claims[0].quotation", equalTo("They said\n\"more\" than 1,300"));

        bulk("text/csv", "line_id,naem\n1,x\n")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(422)
                .body("parameter", equalTo("naem"))
                .body("suggestion", equalTo("name"));
        bulk("text/csv", "name\nx\n").post("/v1/operations/bulk").then().statusCode(422);
    }

    @Test
    void anEmptyFileAndAnUnknownKindOfFileAreRefused() {
        String position = position();
        bulk("application/x-ndjson", "\n\n")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        bulk("application/octet-stream", "{}")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(415)
                .body("detail", containsString("X-File-Name"));
        bulk("application/x-ndjson", "{\"line_id\": \"s\"}")
                .queryParam("sample", "perhaps")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(400);
        assertThat(position()).isEqualTo(position);
    }

    @Test
    void theSameFileUnderTheSameKeyIsTheSameJob() {
        String file = BulkLines.line("key", 1, false);
        String first = bulk("application/x-ndjson", file)
                .header("Idempotency-Key", "file")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(202)
                .header("Location", notNullValue())
                .extract()
                .path("job_id");
        String again = bulk("application/x-ndjson", file)
                .header("Idempotency-Key", "file")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        assertThat(again).isEqualTo(first);
        bulk("application/x-ndjson", BulkLines.line("key", 2, false))
                .header("Idempotency-Key", "file")
                .post("/v1/operations/bulk")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:ledger287:problem:idempotency-key-reused"));
        done(first);
    }

    private static List<Long> failures(String id) {
        List<Long> lines = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = given().queryParam("limit", 7);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            JsonPath page = request.get("/v1/jobs/" + id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<Number>getList("failures.items.line").forEach(line -> lines.add(line.longValue()));
            cursor = page.getString("failures.next_cursor");
        } while (cursor != null);
        return lines;
    }

    private static String send(String type, String file) {
        return bulk(type, file)
                .post("/v1/operations/bulk")
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
    }

    private static RequestSpecification bulk(String type, String file) {
        return given().auth().oauth2(FreshLedger.EDITOR).contentType(type).body(file.getBytes(UTF_8));
    }

    private static JsonPath done(String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> given().queryParam("limit", 1000)
                                .get("/v1/jobs/" + id)
                                .then()
                                .extract()
                                .jsonPath(),
                        job -> List.of("done", "stopped").contains(job.getString("state")));
    }
}
