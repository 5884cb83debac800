package ledger287.reporting.dashboard;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ledger287.reporting.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Parameters of an address, each once. */
record Query(Map<String, String> parameters) {
    static final Query EMPTY = new Query(Map.of());

    Query {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    static Query parse(@Nullable String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
                // A form sends its empty fields too; they ask for nothing.
                if (!value.isBlank() && parameters.put(name, value) != null) {
                    throw Problem.parameter(name, "Give '%s' once.".formatted(name));
                }
            }
        }
        return new Query(parameters);
    }

    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    Query with(String name, @Nullable String value) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, value);
        }
        return new Query(all);
    }

    Query with(Query others) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(others.parameters);
        return new Query(all);
    }

    Query only(Set<String> names) {
        Map<String, String> some = new LinkedHashMap<>(parameters);
        some.keySet().retainAll(names);
        return new Query(some);
    }

    Query without(Set<String> names) {
        Map<String, String> some = new LinkedHashMap<>(parameters);
        some.keySet().removeAll(names);
        return new Query(some);
    }

    /** Equal for equal parameters, in whatever order they came. */
    String canonical() {
        return new Query(new TreeMap<>(parameters)).toString();
    }

    /** With its question mark; empty when there are no parameters. */
    @Override
    public String toString() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("query", "The address has a '%' that is not followed by two hexadecimal digits.");
        }
    }
}
