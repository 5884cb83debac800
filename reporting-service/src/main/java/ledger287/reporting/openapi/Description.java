package ledger287.reporting.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Extensible;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Completes {@code META-INF/openapi.yaml}, which says once what holds for many operations; its head explains the words
 * that are read here. Runs when the service is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Description implements OASFilter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARAMETER_GROUPS = "x-parameter-groups";
    private static final String REFUSAL_GROUPS = "x-refusal-groups";

    /** What every query may be answered, beside its answer. */
    private static final Map<String, String> REFUSALS = refusals();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        new Schemas(document.getComponents()).complete();
        Map<?, ?> parameters = groups(document, PARAMETER_GROUPS);
        Map<?, ?> refusals = groups(document, REFUSAL_GROUPS);
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(operation -> {
                    putParameters(operation, parameters);
                    putAnswers(operation);
                    putRefusals(operation, refusals);
                    putExample(operation);
                }));
    }

    private static Map<?, ?> groups(OpenAPI document, String name) {
        return Objects.requireNonNull((Map<?, ?>) taken(document, name), name);
    }

    private static void putParameters(Operation operation, Map<?, ?> groups) {
        List<Parameter> parameters = new ArrayList<>();
        if (operation.getParameters() != null) {
            parameters.addAll(operation.getParameters());
        }
        for (String name : words(taken(operation, "x-takes"))) {
            List<String> members = groups.containsKey(name) ? words(groups.get(name)) : List.of(name);
            members.forEach(
                    member -> parameters.add(OASFactory.createParameter().ref(member)));
        }
        operation.setParameters(parameters.isEmpty() ? null : parameters);
    }

    private static void putAnswers(Operation operation) {
        String answer = (String) taken(operation, "x-answer");
        if (answer == null) {
            return;
        }
        String table = (String) taken(operation, "x-rows");
        String line = (String) taken(operation, "x-line");
        String map = (String) taken(operation, "x-map");
        String media = (String) taken(operation, "x-media");
        Content content =
                OASFactory.createContent().addMediaType(media == null ? "application/json" : media, of(answer));
        if (table != null) {
            content.addMediaType("text/csv", ofTable("Table", table))
                    .addMediaType("application/x-ndjson", line == null ? ofTable("Row", table) : of(line))
                    .addMediaType("application/vnd.apache.parquet", ofTable("Table", table))
                    .addMediaType("application/zip", ofTable("Package", table));
        }
        if (map != null) {
            content.addMediaType("application/geo+json", of(map));
        }
        Map<String, APIResponse> more = new LinkedHashMap<>();
        more.put("200", answer(content));
        REFUSALS.forEach((status, name) -> more.put(status, response(name)));
        putResponses(operation, more);
    }

    private static void putRefusals(Operation operation, Map<?, ?> groups) {
        Map<String, APIResponse> more = new LinkedHashMap<>();
        for (String group : words(taken(operation, "x-refuses"))) {
            Map<?, ?> refusals = Objects.requireNonNull((Map<?, ?>) groups.get(group), group);
            refusals.forEach((status, name) -> more.put(status.toString(), response(name.toString())));
        }
        if (!more.isEmpty()) {
            putResponses(operation, more);
        }
    }

    /** In order of status. What the operation itself says of a status holds. */
    private static void putResponses(Operation operation, Map<String, APIResponse> more) {
        Map<String, APIResponse> all = new TreeMap<>(more);
        if (operation.getResponses() != null) {
            all.putAll(operation.getResponses().getAPIResponses());
        }
        APIResponses responses = OASFactory.createAPIResponses();
        all.forEach(responses::addAPIResponse);
        operation.setResponses(responses);
    }

    private static APIResponse response(String name) {
        return OASFactory.createAPIResponse().ref(name);
    }

    /** Puts a whole answer beside its schema; the address stays in the document, for readers and for the test. */
    private static void putExample(Operation operation) {
        String address = (String) taken(operation, "x-replay");
        if (address == null) {
            return;
        }
        Example example = OASFactory.createExample().summary("GET " + address).value(read(operation.getOperationId()));
        example.addExtension("x-replay", address);
        operation
                .getResponses()
                .getAPIResponse("200")
                .getContent()
                .getMediaType("application/json")
                .addExample("answer", example);
    }

    private static Object read(String operationId) {
        String resource = "/META-INF/openapi-examples/" + operationId + ".json";
        try (InputStream in = Objects.requireNonNull(Description.class.getResourceAsStream(resource), resource)) {
            return JSON.readValue(in, Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static APIResponse answer(Content content) {
        APIResponse answer =
                OASFactory.createAPIResponse().description("The answer").content(content);
        for (String header :
                List.of("ETag", "Feed-Position", "Cache-Control", "Link", "RateLimit", "RateLimit-Policy")) {
            answer.addHeader(header, OASFactory.createHeader().ref(header));
        }
        return answer;
    }

    private static MediaType of(String schema) {
        return OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema));
    }

    /** Which table of the dictionary explains the columns stays in the document, for readers and for tests. */
    private static MediaType ofTable(String schema, String table) {
        MediaType type = of(schema);
        type.addExtension("x-dictionary-table", table);
        return type;
    }

    /** An extension's value, which the document then has no more. */
    static @Nullable Object taken(Extensible<?> from, String name) {
        if (!from.hasExtension(name)) {
            return null;
        }
        Object value = from.getExtension(name);
        from.removeExtension(name);
        return value;
    }

    /** A list in YAML; empty for nothing. */
    static List<String> words(@Nullable Object list) {
        return list == null
                ? List.of()
                : ((List<?>) list).stream().map(Object::toString).toList();
    }

    private static Map<String, String> refusals() {
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("304", "NotModified");
        refusals.put("400", "BadRequest");
        refusals.put("406", "NotAcceptable");
        refusals.put("410", "Gone");
        refusals.put("429", "TooManyRequests");
        refusals.put("500", "Failed");
        refusals.put("503", "Unavailable");
        return refusals;
    }
}
