package ledger287.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ledger287.system.Checkout;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI documents of the writing services, which are written by hand, against the code and the contract. That of
 * reporting-service is held against the running service there.
 */
final class DescribedInterfacesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REST = "jakarta.ws.rs.";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

    @Test
    void every_operation_and_parameter_of_agreements_service_is_described() throws IOException {
        assertThat(described("agreements")).isEqualTo(served("ledger287.agreements"));
    }

    @Test
    void every_operation_and_parameter_of_operations_service_is_described() throws IOException {
        assertThat(described("operations")).isEqualTo(served("ledger287.operations"));
    }

    @Test
    void every_operation_has_a_name_words_and_named_problems() throws IOException {
        for (String service : List.of("agreements", "operations")) {
            JsonNode document = document(service);
            Set<String> names = new TreeSet<>();
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                for (JsonNode operation : path.getValue()) {
                    String name = operation.path("operationId").asText();
                    assertThat(names.add(name)).as(name).isTrue();
                    assertThat(operation.path("summary").asText()).as(name).isNotBlank();
                    assertThat(operation.path("description").asText()).as(name).isNotBlank();
                    assertThat(operation.path("responses").findValuesAsText("$ref"))
                            .as(name)
                            .contains("#/components/responses/Failed", "#/components/responses/Unavailable");
                }
            }
            assertThat(document.findValuesAsText("$ref")).allSatisfy(reference -> assertThat(
                            document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
        }
    }

    @Test
    void images_are_described_as_the_contract_has_them() throws IOException {
        JsonNode agreements = document("agreements").at("/components/schemas");
        JsonNode operations = document("operations").at("/components/schemas");
        assertSame(agreements.path("Agreement"), contract("agreement"), Set.of());
        assertSame(agreements.path("AgreementEnding"), contract("agreement").at("/definitions/ending"), Set.of());
        assertSame(agreements.path("Agency"), contract("agency"), Set.of());
        assertSame(agreements.path("Application"), contract("application"), Set.of());
        assertSame(agreements.path("Review"), contract("review"), Set.of());
        assertSame(operations.path("Operation"), contract("operation"), Set.of("claims", "version"));
        assertSame(operations.path("OperationPlace"), contract("operation").at("/definitions/place"), Set.of());
        assertSame(operations.path("OperationPartner"), contract("operation").at("/definitions/partner"), Set.of());
        assertSame(operations.path("OperationSource"), contract("operation").at("/definitions/source"), Set.of());
        assertSame(operations.path("Claim"), contract("claim"), Set.of("version"));
        assertSame(operations.path("ClaimImage"), contract("claim"), Set.of());
        assertSame(operations.path("ClaimFigure"), contract("claim").at("/definitions/figure"), Set.of());
        assertSame(operations.path("Event"), contract("event"), Set.of());
    }

    private static void assertSame(JsonNode described, JsonNode contract, Set<String> more) {
        Set<String> expected = names(contract.path("properties"));
        expected.addAll(more);
        assertThat(names(described.path("properties"))).isEqualTo(expected);
        for (Map.Entry<String, JsonNode> property : contract.path("properties").properties()) {
            assertThat(takesNull(described.path("properties").path(property.getKey())))
                    .as("%s may be null", property.getKey())
                    .isEqualTo(takesNull(property.getValue()));
        }
    }

    private static boolean takesNull(JsonNode schema) {
        return schema.path("type").toString().contains("\"null\"")
                || schema.path("anyOf").toString().contains("{\"type\":\"null\"}")
                || schema.path("anyOf").toString().contains("{\"type\":[\"null\"]}");
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Operations with their parameters in queries, headers and paths. */
    private static Set<String> described(String service) throws IOException {
        JsonNode document = document(service);
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                Set<String> parameters = new TreeSet<>();
                for (JsonNode reference : method.getValue().path("parameters")) {
                    JsonNode parameter =
                            document.at(reference.path("$ref").asText().substring(1));
                    String name = parameter.path("name").asText();
                    // Of HTTP, not of the code.
                    if (!name.equals("If-None-Match")) {
                        parameters.add(parameter.path("in").asText() + " " + name);
                    }
                }
                operations.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + parameters);
            }
        }
        return operations;
    }

    /** The same of the code; of several methods at one address (a body in several forms) the parameters of any. */
    private static Set<String> served(String ofPackage) {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (JavaClass type : Modules.classes()) {
            boolean served = type.getPackageName().startsWith(ofPackage)
                    || type.getPackageName().startsWith("ledger287.service");
            if (!served || !type.isAnnotatedWith(REST + "Path")) {
                continue;
            }
            for (JavaMethod method : type.getMethods()) {
                for (JavaAnnotation<?> annotation : method.getAnnotations()) {
                    String verb = annotation.getRawType().getSimpleName();
                    if (METHODS.contains(verb)) {
                        String path = value(type.getAnnotationOfType(REST + "Path"))
                                + method.tryGetAnnotationOfType(REST + "Path")
                                        .map(DescribedInterfacesTest::value)
                                        .orElse("");
                        operations
                                .computeIfAbsent(verb + " " + path, address -> new TreeSet<>())
                                .addAll(parameters(method));
                    }
                }
            }
        }
        Set<String> written = new TreeSet<>();
        operations.forEach((address, parameters) -> written.add(address + " " + parameters));
        return written;
    }

    private static List<String> parameters(JavaMethod method) {
        List<String> parameters = new ArrayList<>();
        method.getParameterAnnotations()
                .forEach(annotations -> annotations.forEach(annotation -> {
                    switch (annotation.getRawType().getSimpleName()) {
                        case "QueryParam" -> parameters.add("query " + value(annotation));
                        case "PathParam" -> parameters.add("path " + value(annotation));
                        case "HeaderParam" -> {
                            // The body's own is told by the body's description.
                            if (!value(annotation).equals("Content-Type")) {
                                parameters.add("header " + value(annotation));
                            }
                        }
                        default -> {}
                    }
                }));
        return parameters;
    }

    private static String value(JavaAnnotation<?> annotation) {
        return String.valueOf(annotation.get("value").orElse(""));
    }

    private static JsonNode document(String service) throws IOException {
        return YAML.readTree(Checkout.root()
                .resolve(service + "-service/src/main/resources/META-INF/openapi.yaml")
                .toFile());
    }

    private static JsonNode contract(String name) throws IOException {
        return JSON.readTree(
                Checkout.root().resolve("contracts/schemas/" + name + ".json").toFile());
    }
}
