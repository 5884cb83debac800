package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What cannot be used is refused in words that name it, by every public resource alike. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
final class BadParametersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = TestLedger.id("nobody").toString();
    private static final int MANY = 10_000;

    /** Every public resource that is read, whether it takes the parameter or not: then it says that there is none such. */
    private static final List<String> RESOURCES = List.of(
            "/v1/agreements",
            "/v1/agreements.csv",
            "/v1/agreements/" + ID,
            "/v1/agreements/" + ID + "/history",
            "/v1/agencies",
            "/v1/agencies/" + ID,
            "/v1/applications",
            "/v1/applications.parquet",
            "/v1/operations",
            "/v1/operations.ndjson",
            "/v1/claims",
            "/v1/claims/" + ID,
            "/v1/sources",
            "/v1/sheets",
            "/v1/sheets/" + ID,
            "/v1/dictionary",
            "/v1/reference",
            "/v1/statistics/headline",
            "/v1/statistics/states",
            "/v1/statistics/states.csv",
            "/v1/statistics/series",
            "/v1/statistics/applications",
            "/v1/statistics/coverage",
            "/v1/statistics/counties",
            "/v1/changes",
            "/v1/changes.ndjson",
            "/v1/changes.atom",
            "/v1/stream",
            "/v1/stream.ndjson",
            "/v1/stream/headline");

    /** @param names what the refusal has to name */
    private record Bad(String query, String names) {}

    private static final List<Bad> BAD = List.of(
            new Bad("limit=-1", "limit"),
            new Bad("limit=1e9", "limit"),
            new Bad("limit=1000000000", "limit"),
            new Bad("limit=99999999999999999999", "limit"),
            new Bad("cursor=Zm9yZ2Vk", "cursor"),
            new Bad("cursor=%00", "cursor"),
            new Bad("sort=;drop%20table%20agreement_version", "sort"),
            new Bad("sort=name;select%201", "sort"),
            new Bad("q=%00", "q"),
            new Bad("%00=1", "\uFFFD"),
            new Bad("as_of=0000-01-01", "as_of"),
            new Bad("as_of=2025-02-30", "as_of"),
            new Bad("as_of=2025-06-06&as_of=2025-06-07", "as_of"),
            new Bad("as_of=2999-12-31", "as_of"),
            new Bad("as_of=2999-12-31T12:00:00Z", "as_of"),
            new Bad("on=0000-01-01", "on"),
            new Bad("on=2025-02-30", "on"),
            new Bad("on=2999-12-31", "on"),
            new Bad("position=" + "9".repeat(MANY), "position"),
            new Bad("position=1", "position"),
            new Bad("signed_on__gte=2025-02-30", "signed_on__gte"),
            new Bad("signed_on__near=2025-01-01", "signed_on__near"),
            new Bad("nonsense=1", "nonsense"),
            new Bad("state=" + "FL,".repeat(MANY) + "FL", "state"),
            new Bad("state=FL" + "&state=FL".repeat(MANY), "state"),
            new Bad("state=%00", "state"),
            new Bad("fields=" + "name,".repeat(MANY) + "name", "fields"),
            new Bad(filters(), "f0__gte"),
            new Bad("min_position=" + "a".repeat(MANY) + ":1", "min_position"),
            new Bad("wait=99", "wait"));

    private final Reader reader;
    private final URI root;

    BadParametersTest(@ConfigProperty(name = "test.url") URI root) {
        this.reader = new Reader(root);
        this.root = root;
    }

    @Test
    void everyPublicResourceRefusesWhatItCannotUseByName() throws Exception {
        for (String resource : RESOURCES) {
            for (Bad bad : BAD) {
                requireRefused(resource, bad);
            }
        }
    }

    /** A comparison has the type of its column. */
    @Test
    void aValueThatIsNotOfItsColumnsTypeIsRefusedByTheParametersWholeName() throws Exception {
        for (String query : List.of(
                "agreements?signed_on__gte=yesterday",
                "agreements?signed_on__lt=0000-01-01",
                "agreements?signed_on__gte=2025-01-01,2025-01-02",
                "agreements?signed_on__gte=2025-01-01&signed_on__gte=2025-01-02",
                "agreements?signed_on__in=2025-01-01,no",
                "agreements?signed_on__isnull=maybe",
                "agreements?signed_on=2025-02-29",
                "agreements?first_listed_at__gt=2025-13-01T00:00:00Z",
                "agreements?first_listed_at__gt=2025-06-01,2025-06-02",
                "agreements?provisional__in=yes",
                "agreements?provisional__gt=true",
                "agreements?support_type__ne=tfm",
                "agreements?state__in=FL,XX",
                "agreements?agreement_id__in=1;drop",
                "agreements?county__in=%00",
                "agreements?county__in=a,,b",
                "agreements?agency_name=" + "x".repeat(201),
                "agreements?county_fips__in=12086",
                "agencies?agreements__gte=many",
                "agencies?agreements__gte=1,2",
                "agencies?agreements__lte=99999999999999999999",
                "agencies?agreements__in=1.5",
                "applications?days_to_sign_low__lt=--1",
                "operations?start_on__gte=2025-06-31",
                "claims?figure_low__gte=1e3",
                "claims?metric__in=arrest",
                "sheets?kind=participant",
                "sheets?published_at__lte=June",
                "agreements?sort=signed_on,--state",
                "agreements?sort=moa",
                "agreements?fields=agreement_id,image",
                "agreements?facet=agency_name",
                "agreements?facet=state,nonsense",
                "agreements.csv?facet=state",
                "agreements?reference=000000000000")) {
            int asked = query.indexOf('?');
            requireRefused(
                    "/v1/" + query.substring(0, asked),
                    new Bad(
                            query.substring(asked + 1),
                            query.substring(asked + 1).replaceFirst("=.*", "")));
        }
        JsonNode field =
                JSON.readTree(reader.get("/v1/agreements?fields=agency_nme").body());
        assertThat(field.path("suggestion").asText()).isEqualTo("agency_name");
        assertThat(field.path("detail").asText()).contains("signed_on, signed_precision");
        JsonNode filter =
                JSON.readTree(reader.get("/v1/agreements?signed_on__gt3=1").body());
        assertThat(filter.path("suggestion").asText()).isEqualTo("signed_on__gt");
        assertThat(filter.path("detail").asText()).contains("such as").doesNotContain("moa_url__in");
    }

    private void requireRefused(String resource, Bad bad) throws IOException {
        String separator = resource.contains("?") ? "&" : "?";
        String shown = resource
                + separator
                + bad.query().substring(0, Math.min(80, bad.query().length()));
        String answer;
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            // Our own client would not send some of these.
            socket.getOutputStream()
                    .write("GET %s%s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(resource, separator, bad.query())
                            .getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        int body = answer.indexOf("\r\n\r\n");
        assertThat(answer).as(shown).startsWith("HTTP/1.1 400 ");
        String head = answer.substring(0, body).toLowerCase(java.util.Locale.ROOT);
        assertThat(head).as(shown).contains("content-type: application/problem+json");
        JsonNode problem = JSON.readTree(answer.substring(body + 4).replaceFirst("^[^{]*", ""));
        assertThat(problem.path("parameter").asText()).as(shown).isEqualTo(bad.names());
        assertThat(problem.path("detail").asText()).as(shown).isNotBlank();
    }

    /** Ten thousand filters. */
    private static String filters() {
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            filters.add("f" + i + "__gte=2025-01-01");
        }
        return String.join("&", filters);
    }

    @Test
    void aRefusalCanBeReadByScriptsOfAnyPage() throws Exception {
        HttpResponse<String> refused = reader.get("/v1/agreements?limit=-1");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
}
