package ledger287.reporting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody with a key who looks after webhooks. */
final class SubscriberClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final String key;
    private final HttpClient http = HttpClient.newHttpClient();

    SubscriberClient(URI root, String key) {
        this.root = root;
        this.key = key;
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An answer that has to have this status. */
    JsonNode json(int status, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path, body, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    JsonNode create(String body) throws IOException, InterruptedException {
        return json(201, "POST", "/v1/webhooks", body);
    }

    JsonNode get(String id) throws IOException, InterruptedException {
        return json(200, "GET", "/v1/webhooks/" + id, "");
    }

    JsonNode post(int status, String id, String what, String body) throws IOException, InterruptedException {
        return json(status, "POST", "/v1/webhooks/" + id + "/" + what, body);
    }
}
