package ledger287.reporting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.reporting.openapi.Document.Operation;
import ledger287.reporting.openapi.Document.Parameter;

/** Asks the running service what the document says can be asked, with the examples that the document gives. */
final class Exchange {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Document document;
    private final URI root;
    private final Map<String, String> keys;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, JsonNode> found = new LinkedHashMap<>();

    /** @param keys by role, for operations that need one */
    Exchange(Document document, URI root, Map<String, String> keys) {
        this.document = document;
        this.root = root;
        this.keys = keys;
    }

    /** The address at which an operation is asked with what it requires, and with more of its parameters. */
    String address(Operation operation, Parameter... more) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        String path = operation.path();
        List<Parameter> given = new ArrayList<>(document.parameters(operation).stream()
                .filter(Parameter::required)
                .toList());
        given.addAll(List.of(more));
        for (Parameter parameter : given) {
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", example(operation, parameter));
            } else if (parameter.isFamily()) {
                parameter
                        .described()
                        .path("example")
                        .properties()
                        .forEach(one -> query.put(one.getKey(), one.getValue().asText()));
            } else if (parameter.in().equals("query")) {
                query.put(parameter.name(), example(operation, parameter));
            }
        }
        String text = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String form = given.stream()
                .map(parameter -> parameter.described().path("x-example-form").asText())
                .collect(Collectors.joining());
        return path + form + (text.isEmpty() ? "" : "?" + text);
    }

    /** The parameters without which one has no meaning, and itself. */
    Parameter[] with(Operation operation, Parameter parameter) {
        List<String> others = Document.elements(parameter.described().path("x-example-with"))
                .map(JsonNode::asText)
                .toList();
        return document.parameters(operation).stream()
                .filter(one -> one.equals(parameter) || others.contains(one.name()))
                .toArray(Parameter[]::new);
    }

    /** An example as it is written in an address; of a thing that there is, unless asking may change it. */
    String example(Operation operation, Parameter parameter) throws IOException, InterruptedException {
        JsonNode from = parameter.described().path("x-example-from");
        JsonNode fixed = parameter.described().path("example");
        boolean harmless = operation.method().equals("GET") || fixed.isMissingNode();
        return from.isTextual() && harmless ? found(operation, parameter, from.asText()) : written(fixed);
    }

    private String found(Operation operation, Parameter parameter, String from)
            throws IOException, InterruptedException {
        String[] parts = from.split("#", 2);
        Operation finder = parts[0].equals("$self") ? operation : document.operation(parts[0]);
        String address;
        if (finder.equals(operation)) {
            address = address(
                    operation,
                    document.parameters(operation).stream()
                            .filter(one -> parameter
                                    .described()
                                    .path("x-example-with")
                                    .toString()
                                    .contains(one.name()))
                            .toArray(Parameter[]::new));
        } else {
            address = address(finder);
        }
        JsonNode answer = found.get(address);
        if (answer == null) {
            answer = JSON.readTree(ask(finder, address).body());
            found.put(address, answer);
        }
        int all = parts[1].indexOf("/*");
        String example = all < 0
                ? written(answer.at(parts[1]))
                : Document.elements(answer.at(parts[1].substring(0, all)))
                        .map(item -> item.at(parts[1].substring(all + 2)).asText())
                        .collect(Collectors.joining(","));
        assertThat(example).as("%s at %s", from, address).isNotEmpty();
        return example;
    }

    private static String written(JsonNode example) {
        return example.isArray()
                ? Document.elements(example).map(JsonNode::asText).collect(Collectors.joining(","))
                : example.isNull() ? "" : example.asText();
    }

    HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        return send("GET", address, "", headers);
    }

    /** Asks with a key where the document says that one is needed. */
    HttpResponse<String> ask(Operation operation, String address, String... headers)
            throws IOException, InterruptedException {
        Set<String> roles = document.roles(operation);
        return send(operation.method(), address, "", roles.isEmpty() ? headers : with(key(roles), headers));
    }

    /** Of several that may ask, administrators may ask the most. */
    private String key(Set<String> roles) {
        String role = roles.contains("admin") ? "admin" : roles.iterator().next();
        return Objects.requireNonNull(keys.get(role), role);
    }

    /** The headers, and one more. */
    static String[] with(String key, String... headers) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + key), Stream.of(headers))
                .toArray(String[]::new);
    }

    HttpResponse<String> send(String method, String address, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(address))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    /** The body as text; it was read byte for byte, so that Parquet is not spoilt. */
    static String text(HttpResponse<String> response) {
        return new String(response.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
