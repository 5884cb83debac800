package ledger287.reporting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.openapi.Document.Operation;

/** Holds what the service answers against what the document says. */
final class Conformance {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** On the last page there is no next one, and nobody on this machine is limited. */
    private static final Set<String> NOT_ALWAYS = Set.of("Link", "RateLimit", "RateLimit-Policy");

    private final Document document;

    Conformance(Document document) {
        this.document = document;
    }

    /** Status, media type, headers and body are among what the document says. */
    void assertDescribed(Operation operation, HttpResponse<String> response, String address) throws Exception {
        JsonNode described = document.response(operation, response.statusCode());
        assertThat(described.isMissingNode())
                .as("%s answers %d", address, response.statusCode())
                .isFalse();
        assertHeaders(described, response, address);
        if (!described.has("content")) {
            assertThat(response.body()).as(address).isEmpty();
            return;
        }
        JsonNode schema = schemaOf(operation, response);
        String text = Exchange.text(response);
        switch (type(response)) {
            case "application/json", "application/geo+json", "application/problem+json" ->
                assertValid(schema, text, address);
            case "application/x-ndjson" -> {
                assertThat(text).as(address).isNotEmpty();
                for (String line : text.lines().toList()) {
                    assertValid(schema, line, address);
                }
            }
            case "text/csv" -> assertColumns(operation, text, address);
            case "application/vnd.apache.parquet" ->
                assertThat(text).as(address).startsWith("PAR1");
            case "application/zip" -> assertThat(text).as(address).startsWith("PK");
            case "application/atom+xml" -> assertThat(text).as(address).contains("<feed");
            default -> throw new AssertionError(address + " comes as " + type(response));
        }
    }

    static void assertHeaders(JsonNode described, HttpResponse<String> response, String address) {
        described.path("headers").properties().stream()
                .map(Map.Entry::getKey)
                .filter(header -> !NOT_ALWAYS.contains(header))
                .forEach(header -> assertThat(response.headers().firstValue(header))
                        .as("%s of %s", header, address)
                        .isPresent());
    }

    void assertColumns(Operation operation, String csv, String address) {
        String table = document.response(operation, 200)
                .at("/content/text~1csv/x-dictionary-table")
                .asText();
        if (Dictionary.tables().contains(table)) {
            String header = csv.replace("\uFEFF", "").lines().findFirst().orElse("");
            assertThat(header.split(",", -1)).as(address).allSatisfy(column -> assertThat(
                            Dictionary.find(table, column))
                    .as("%s of %s", column, address)
                    .isPresent());
        }
    }

    JsonNode schemaOf(Operation operation, HttpResponse<String> response) {
        JsonNode content = document.response(operation, response.statusCode())
                .path("content")
                .path(type(response));
        assertThat(content.isMissingNode())
                .as("%s answers %d with %s", operation, response.statusCode(), type(response))
                .isFalse();
        return content.path("schema");
    }

    void assertValid(JsonNode schema, String body, String address) throws IOException {
        assertThat(document.violations(schema, JSON.readTree(body)))
                .as("%s answers %s", address, body.length() > 2000 ? body.substring(0, 2000) + "…" : body)
                .isEmpty();
    }

    static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }
}
