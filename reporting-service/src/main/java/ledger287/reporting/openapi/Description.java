package ledger287.reporting.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Extensible;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Completes {@code META-INF/openapi.yaml}, which says once what holds for many operations; its head explains the words
 * that are read here. Runs when the service is built. Operations that annotations describe are left as they are.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Description implements OASFilter {
    private static final String PARAMETER_GROUPS = "x-parameter-groups";

    /** What every query may be answered, beside its answer. */
    private static final Map<String, String> REFUSALS = refusals();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        new Schemas(document.getComponents()).complete();
        Map<?, ?> groups = Objects.requireNonNull((Map<?, ?>) taken(document, PARAMETER_GROUPS), PARAMETER_GROUPS);
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(operation -> complete(operation, groups)));
    }

    private static void complete(Operation operation, Map<?, ?> groups) {
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
        APIResponses responses = OASFactory.createAPIResponses().addAPIResponse("200", answer(content));
        Map<String, APIResponse> all = new LinkedHashMap<>();
        REFUSALS.forEach(
                (status, name) -> all.put(status, OASFactory.createAPIResponse().ref(name)));
        if (operation.getResponses() != null) {
            all.putAll(operation.getResponses().getAPIResponses());
        }
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(response -> responses.addAPIResponse(response.getKey(), response.getValue()));
        operation.setResponses(responses);
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
