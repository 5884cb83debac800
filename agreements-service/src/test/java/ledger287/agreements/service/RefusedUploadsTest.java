package ledger287.agreements.service;

import static io.restassured.RestAssured.given;
import static ledger287.agreements.service.Api.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ledger287.local.sample.WorkbookXml;
import ledger287.service.testing.FreshLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no workbook of ICE's is refused at once, with a reason, and leaves no trace. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = {
            @ResourceArg(name = "service", value = "agreements"),
            @ResourceArg(name = "ledger287.upload.max-bytes", value = "2000000")
        })
@Timeout(30)
final class RefusedUploadsTest {
    private static final String NAME = "participatingAgencies06062025am.xlsx";

    static Stream<Arguments> refusals() throws IOException {
        byte[] good = Workbooks.participating(Workbooks.agencies(20));
        return Stream.of(
                Arguments.of("not-a-workbook", new byte[0]),
                Arguments.of(
                        "not-a-workbook",
                        Base64.getDecoder()
                                .decode(
                                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")),
                Arguments.of(
                        "not-a-workbook",
                        "<!DOCTYPE html><html><body>Access denied</body></html>".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("damaged-workbook", Arrays.copyOf(good, good.length / 2)),
                Arguments.of("workbook-too-large", bomb()),
                Arguments.of(
                        "missing-column",
                        table("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "MOA")),
                Arguments.of(
                        "too-many-columns",
                        table(Collections.nCopies(800, "STATE").toArray(String[]::new))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedWithAReason(String code, byte[] body) {
        long began = System.nanoTime();
        upload(NAME, body)
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:unreadable-workbook"))
                .body("code", equalTo(code));
        assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
    }

    @Test
    void aMissingSignedColumnIsNamed() {
        upload(NAME, table("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "MOA"))
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .body("detail", containsString("SIGNED"));
    }

    @Test
    void theWrongKindIsRefusedAndTheParameterNamed() {
        upload("", Workbooks.participating(Workbooks.agencies(3)))
                .queryParam("kind", "pending")
                .queryParam("published_at", "2025-06-06")
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .body("code", equalTo("wrong-kind"))
                .body("parameter", equalTo("kind"));
    }

    @Test
    void aNameThatSaysNothingAsksForTheParameters() {
        upload("download.xlsx", Workbooks.participating(Workbooks.agencies(3)))
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .body("code", equalTo("kind-unknown"));
        upload("download.xlsx", Workbooks.participating(Workbooks.agencies(3)))
                .queryParam("kind", "participating")
                .post("/v1/sheets")
                .then()
                .statusCode(422)
                .body("code", equalTo("publication-unknown"))
                .body("parameter", equalTo("published_at"));
    }

    @Test
    void aKindThatDoesNotExistIsCorrected() {
        upload("x.xlsx", new byte[] {1})
                .queryParam("kind", "participatin")
                .post("/v1/sheets")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("kind"))
                .body("suggestion", equalTo("participating"));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInWords() {
        upload(NAME, new byte[2_000_001])
                .post("/v1/sheets")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:ledger287:problem:too-large"));
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String head = """
                    POST /v1/sheets HTTP/1.1
                    Host: localhost
                    Content-Type: application/octet-stream
                    Content-Length: 5000000000

                    """.replace("\n", "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:ledger287:problem:too-large");
        }
    }

    @Test
    void aChunkedBodyIsStoppedAtTheFirstByteTooMany() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/v1/sheets"))
                .header("Authorization", "Bearer " + FreshLedger.IMPORTER)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3_000_000])))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("urn:ledger287:problem:too-large");
        }
    }

    @AfterEach
    void nothingWasStored() {
        given().get("/v1/sheets").then().body("count", equalTo(0)).body("feed_position", equalTo("agreements:0"));
    }

    private static byte[] table(String... headers) {
        WorkbookXml workbook = new WorkbookXml();
        workbook.tab("Sheet1").row(headers).row(headers);
        return workbook.bytes();
    }

    /** A sheet of a few kilobytes that unfolds into a gigabyte of zeros. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1024; i++) {
                zip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }
}
