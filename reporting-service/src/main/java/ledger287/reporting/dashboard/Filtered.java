package ledger287.reporting.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters in words, so that what is narrower than the whole never bears the whole's title. */
final class Filtered {
    /** What an address asks that leaves out no row. */
    private static final Set<String> OF_THE_PAGE =
            Set.of("q", "cursor", "limit", "sort", "fields", "facet", "compare", "reference", "position");

    private Filtered() {}

    /** A title with the filters after it. */
    static String title(Visit visit, String title, Query filters) {
        Names names = new Names(visit);
        String parts = filters.without(OF_THE_PAGE).parameters().entrySet().stream()
                .map(filter -> part(visit.words(), names, filter.getKey(), filter.getValue()))
                .collect(Collectors.joining("; "));
        return parts.isEmpty() ? title : title + ": " + parts;
    }

    private static String part(Words words, Names names, String name, String value) {
        return switch (name) {
            case "state" -> each(value, names::state);
            case "region" -> each(value, code -> words.of(region(code)));
            case "model" -> each(value, names::model);
            case "agency_type" -> each(value, names::agencyType);
            case "agency_id" -> words.of("of one agency");
            case "status" -> each(value, names::status);
            case "listed" -> words.of("any".equals(value) ? "listed or not" : "listed: {0}", value);
            case "signed_on__lt" -> words.of("signed before {0}", day(words, value));
            case "signed_on__lte" -> words.of("signed up to {0}", day(words, value));
            case "signed_on__gt" -> words.of("signed after {0}", day(words, value));
            case "signed_on__gte" -> words.of("signed from {0} on", day(words, value));
            default -> name + "=" + value;
        };
    }

    private interface Name {
        String of(String code);
    }

    private static String each(String values, Name name) {
        List<String> said = new ArrayList<>();
        Arrays.stream(values.split(",", -1)).forEach(value -> said.add(name.of(value.strip())));
        return String.join(", ", said);
    }

    private static String day(Words words, @Nullable String value) {
        return value != null && value.matches("\\d{4}-\\d{2}-\\d{2}") ? words.day(value, "day") : String.valueOf(value);
    }

    /** In English, the key of the words: {@code south_atlantic} is the South Atlantic. */
    private static String region(String code) {
        return Arrays.stream(code.split("_", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
