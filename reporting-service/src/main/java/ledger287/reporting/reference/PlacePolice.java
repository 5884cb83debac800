package ledger287.reporting.reference;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a police department is a place's own, by their names: {@code City of X Police Department}, {@code X Police}. */
public final class PlacePolice {
    private static final Set<String> WORDS_OF_POLICE = Set.of(
            "police",
            "department",
            "dept",
            "pd",
            "division",
            "bureau",
            "of",
            "the",
            "city",
            "town",
            "village",
            "municipal",
            "municipality",
            "metropolitan",
            "metro");
    private static final Pattern SECOND_NAME = Pattern.compile("[-/]");
    private static final Pattern KIND =
            Pattern.compile("\\s*\\(balance\\)|\\s+(metropolitan government|metro government|consolidated government"
                    + "|unified government|urban county|municipality|city|town|village|borough)$");

    private PlacePolice() {}

    /** The place that an agency's name speaks of. */
    public static String placeOf(String agencyName) {
        return words(agencyName);
    }

    /** The names of a place: of one that is joined with its county, the city's alone too. */
    public static Set<String> namesOf(String placeName) {
        String plain = placeName;
        String before;
        do {
            before = plain;
            plain = KIND.matcher(plain).replaceAll("");
        } while (!plain.equals(before));
        Set<String> names = new LinkedHashSet<>();
        names.add(words(plain));
        names.add(words(SECOND_NAME.split(plain, 2)[0]));
        return names;
    }

    private static String words(String name) {
        return Arrays.stream(PlaceNames.folded(name).split(" "))
                .filter(word -> !WORDS_OF_POLICE.contains(word))
                .collect(Collectors.joining());
    }
}
