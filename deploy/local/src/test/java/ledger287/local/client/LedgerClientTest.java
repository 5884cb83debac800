package ledger287.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerClientTest {

    private static final byte[] WORKBOOK = "PK…".getBytes(UTF_8);

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> keys = new ArrayList<>();
    private HttpServer server;

    LedgerClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void a_service_that_asks_for_patience_and_one_that_hangs_up_are_asked_again_with_the_same_key() throws Refused {
        answers.add(new Answer(503, "{}"));
        answers.add(new Answer(0, ""));
        answers.add(new Answer(201, """
                {"rows": {"data": 649, "repaired": 1}, "changes": {"signed": 9, "renamed": 0, "date_changed": 2},
                 "listed_after": 649, "position": "agreements:4711"}"""));

        ImportReport report =
                client().importSheet(WORKBOOK, "participating.xlsx", Kind.PARTICIPATING, Optional.empty());

        assertThat(report.line()).isEqualTo("649 rows, 649 listed, 9 signed, 2 date changed, 1 repaired");
        assertThat(report.position()).isEqualTo("agreements:4711");
        assertThat(keys).hasSize(3).allMatch(keys.getFirst()::equals);
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_service() {
        answers.add(new Answer(409, """
                {"title": "Older publication", "detail": "2025-06-06 am is older than 2025-06-17 pm.", "status": 409}"""));

        assertThatThrownBy(() -> client().importSheet(WORKBOOK, "pending.xlsx", Kind.PENDING, Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage("Older publication: 2025-06-06 am is older than 2025-06-17 pm. (HTTP 409)");
    }

    @Test
    void a_held_import_says_how_it_is_decided() throws Refused {
        answers.add(new Answer(202, """
                {"held": true, "sheet_id": "abc", "rows": {"data": 300}}"""));

        assertThat(client().importSheet(WORKBOOK, "participating.xlsx", Kind.PARTICIPATING, Optional.empty())
                        .line())
                .startsWith("HELD")
                .contains("/v1/sheets/abc/release");
    }

    @Test
    void the_headline_is_a_sentence_and_says_when_the_data_are_a_sample() throws Refused {
        answers.add(new Answer(200, """
                {"as_of": "2025-06-06", "agreements": 649, "agencies": 531, "states": 40, "new_agreements": 514, "since": "2025-01-20",
                 "by_model": {"task_force": 315, "warrant_service_officer": 232, "jail_enforcement": 102},
                 "latest_publication": {"participating": {"published_label": "2025-06-06 am"}},
                 "operations": {"count": 2, "arrests": {"text": "at least 1,497"}},
                 "pending_applications": 79, "sample": true, "complete": true}"""));

        assertThat(client().headline("2025-01-20", "").sentence())
                .isEqualTo(
                        "In its workbook of 2025-06-06 ICE lists 649 agreements with 531 agencies in 40 states (315 task force, 232 warrant"
                                + " service officer, 102 jail enforcement), 514 of them signed since 2025-01-20; 79"
                                + " applications are pending. 2 enforcement operations are on record, with at least 1,497 arrests."
                                + " This is sample data: the agencies are fictional.");
    }

    private LedgerClient client() {
        URI address =
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
        return new LedgerClient(HttpClient.newHttpClient(), address, address, address, "l287_key", "run 1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            Answer answer = answers.remove();
            if (answer.status() != 0) {
                byte[] body = answer.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Status 0: the connection ends without an answer. */
    private record Answer(int status, String body) {}
}
