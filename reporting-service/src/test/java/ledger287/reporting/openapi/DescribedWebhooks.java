package ledger287.reporting.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.openapi.Document.Operation;
import ledger287.reporting.webhooks.Endpoint;

/** Does with webhooks all that the document describes, and is answered and refused in every way that it describes. */
final class DescribedWebhooks implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PATH = "/v1/webhooks";
    private static final String SUBSCRIBER = "subscriber";
    private static final String ADMIN = "admin";
    private static final String EDITOR = "editor";
    private static final String NOBODYS = "0197a3c5-7d1e-7c3a-9f60-2b8a4d6e1f35";
    private static final String AS_JSON = "application/json";

    /** What comes of load, of a database that is away, and of a service that is set up in another way than this one. */
    private static final Set<String> NOT_PROVOKED = Set.of("429", "500", "503", "createWebhook 409");

    private final Document document;
    private final Exchange exchange;
    private final Conformance conformance;
    private final Map<String, String> keys;
    private final Endpoint endpoint;
    private final Set<String> seen = new TreeSet<>();

    DescribedWebhooks(Document document, Exchange exchange, Conformance conformance, Map<String, String> keys)
            throws IOException {
        this.document = document;
        this.exchange = exchange;
        this.conformance = conformance;
        this.keys = keys;
        this.endpoint = new Endpoint();
    }

    /** Two that have been sent several messages, so that lists have a next page. */
    void keepTwo() throws Exception {
        for (int i = 0; i < 2; i++) {
            String id = make(endpoint);
            await().atMost(SOON)
                    .until(() -> ask(200, SUBSCRIBER, "listWebhookDeliveries", id)
                                    .path("items")
                                    .size()
                            > 1);
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }

    void doEverything() throws Exception {
        Set<String> before = ids();
        try (Endpoint willing = new Endpoint();
                Endpoint silent = new Endpoint()) {
            silent.answersChallenges(message -> Endpoint.TAKEN);
            String active = make(willing);
            String unverified = make(silent);
            await().atMost(SOON).until(() -> ask(200, SUBSCRIBER, "getWebhook", active)
                    .path("status")
                    .asText()
                    .equals("active"));
            lookAt(active);
            change(active, unverified);
            send(active, unverified);
            makeTwice(willing);
            for (Operation operation : operations()) {
                beRefused(operation);
            }
        } finally {
            for (String id : ids()) {
                if (!before.contains(id)) {
                    ask(204, SUBSCRIBER, "deleteWebhook", id);
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(described());
    }

    private void lookAt(String active) throws Exception {
        assertThat(ask(200, SUBSCRIBER, "getWebhook", active).has("secret"))
                .as("shown once")
                .isFalse();
        ask(200, SUBSCRIBER, "listWebhooks", active);
        ask(200, ADMIN, "listWebhooks", active);
        ask(200, SUBSCRIBER, "listWebhookDeliveries", active);
    }

    private void change(String active, String unverified) throws Exception {
        Operation change = document.operation("changeWebhook");
        for (String body : bodies(change)) {
            for (Map.Entry<String, JsonNode> form : content(change).properties()) {
                ask(200, SUBSCRIBER, change, change.path().replace("{id}", unverified), body, form.getKey());
            }
        }
        ask(200, SUBSCRIBER, "pauseWebhook", active);
        ask(200, SUBSCRIBER, "resumeWebhook", active);
        for (String body : bodies(document.operation("rotateWebhookSecret"))) {
            assertThat(ask(200, SUBSCRIBER, "rotateWebhookSecret", active, body).has("secret"))
                    .isTrue();
        }
        ask(200, SUBSCRIBER, "rotateWebhookSecret", active);
        ask(409, SUBSCRIBER, "rotateWebhookSecret", active);
        for (String body : bodies(document.operation("disableWebhook"))) {
            ask(200, ADMIN, "disableWebhook", unverified, body);
        }
        ask(403, SUBSCRIBER, "resumeWebhook", unverified);
        ask(200, ADMIN, "resumeWebhook", unverified);
    }

    private void send(String active, String unverified) throws Exception {
        assertThat(ask(200, SUBSCRIBER, "testWebhook", active).path("outcome").asText())
                .isEqualTo("delivered");
        ask(409, SUBSCRIBER, "testWebhook", unverified);
        for (String body : bodies(document.operation("replayWebhook"))) {
            ask(200, SUBSCRIBER, "replayWebhook", active, body);
            if (body.contains("event_id")) {
                ask(409, SUBSCRIBER, "replayWebhook", unverified, body);
            }
        }
        ask(410, SUBSCRIBER, "replayWebhook", active, "{\"cursor\": \"another-5\"}");
    }

    private void makeTwice(Endpoint willing) throws Exception {
        Operation create = document.operation("createWebhook");
        for (String body : bodies(create)) {
            ask(201, SUBSCRIBER, "createWebhook", "", body);
        }
        String[] key = {"Idempotency-Key", "once"};
        String body = "{\"url\": \"" + willing.url() + "\"}";
        JsonNode made = ask(201, SUBSCRIBER, create, PATH, body, AS_JSON, key);
        JsonNode again = ask(200, SUBSCRIBER, create, PATH, body, AS_JSON, key);
        assertThat(again.path("secret")).isEqualTo(made.path("secret"));
        ask(422, SUBSCRIBER, create, PATH, "{\"url\": \"https://hooks.example.org/\"}", AS_JSON, key);
        ask(
                410,
                SUBSCRIBER,
                "createWebhook",
                "",
                "{\"url\": \"https://hooks.example.org/\", \"cursor\": \"another-5\"}");
    }

    /** In each way that it is described to refuse, and that takes no webhook of the caller's. */
    private void beRefused(Operation operation) throws Exception {
        Set<String> statuses = document.responses(operation).keySet();
        String role = document.roles(operation).contains(SUBSCRIBER) ? SUBSCRIBER : ADMIN;
        String address = operation.path().replace("{id}", NOBODYS);
        String body = bodies(operation).stream().findFirst().orElse("");
        ask(401, "", operation, address, body, AS_JSON);
        ask(403, EDITOR, operation, address, body, AS_JSON);
        ask(406, role, operation, address, body, AS_JSON, "Accept", "text/csv");
        if (statuses.contains("404")) {
            ask(404, role, operation, address, body, AS_JSON);
        }
        if (statuses.contains("400")) {
            if (operation.method().equals("GET")) {
                String own = operation.path().replace("{id}", ids().iterator().next());
                ask(400, role, operation, own + "?limit=0", "", AS_JSON);
            } else {
                ask(400, role, operation, address, "{\"nonesuch\": 1}", AS_JSON);
            }
        }
        if (statuses.contains("413")) {
            ask(413, role, operation, address, " ".repeat(70_000), AS_JSON);
        }
        if (statuses.contains("415")) {
            ask(415, role, operation, address, body, "text/plain");
        }
    }

    private List<Operation> operations() {
        return document.operations().stream()
                .filter(operation -> operation.path().startsWith(PATH))
                .toList();
    }

    private Set<String> described() {
        Set<String> described = new TreeSet<>();
        for (Operation operation : operations()) {
            for (String status : document.responses(operation).keySet()) {
                String one = operation.id() + " " + status;
                if (!NOT_PROVOKED.contains(status) && !NOT_PROVOKED.contains(one)) {
                    described.add(one);
                }
            }
        }
        return described;
    }

    private static JsonNode content(Operation operation) {
        return operation.described().at("/requestBody/content");
    }

    /** The bodies that the document shows, which have to be as it describes them. */
    private List<String> bodies(Operation operation) {
        JsonNode json = content(operation).path(AS_JSON);
        return Document.elements(json.path("examples"))
                .map(example -> example.path("value"))
                .peek(value -> assertThat(document.violations(json.path("schema"), value))
                        .as("%s of %s", value, operation)
                        .isEmpty())
                .map(JsonNode::toString)
                .toList();
    }

    private String make(Endpoint of) throws Exception {
        JsonNode made =
                ask(201, SUBSCRIBER, "createWebhook", "", "{\"url\": \"" + of.url() + "\", \"cursor\": \"earliest\"}");
        assertThat(made.has("secret")).isTrue();
        return made.path("id").asText();
    }

    private Set<String> ids() throws Exception {
        return new TreeSet<>(
                ask(200, SUBSCRIBER, "listWebhooks", "").path("items").findValuesAsText("id"));
    }

    private JsonNode ask(int status, String role, String operationId, String id) throws Exception {
        return ask(status, role, operationId, id, "");
    }

    private JsonNode ask(int status, String role, String operationId, String id, String body) throws Exception {
        Operation operation = document.operation(operationId);
        return ask(status, role, operation, operation.path().replace("{id}", id), body, AS_JSON);
    }

    /** What is answered, which has to have this status and be as described. */
    private JsonNode ask(
            int status, String role, Operation operation, String address, String body, String type, String... more)
            throws Exception {
        List<String> headers = new ArrayList<>(List.of("Content-Type", type));
        headers.addAll(List.of(more));
        if (!role.isEmpty()) {
            headers.addAll(List.of("Authorization", "Bearer " + Objects.requireNonNull(keys.get(role))));
        }
        HttpResponse<String> response =
                exchange.send(operation.method(), address, body, headers.toArray(String[]::new));
        assertThat(response.statusCode())
                .as("%s %s %s: %s", operation.method(), address, role, Exchange.text(response))
                .isEqualTo(status);
        conformance.assertDescribed(operation, response, operation.method() + " " + address);
        seen.add(operation.id() + " " + status);
        return JSON.readTree(Exchange.text(response));
    }
}
