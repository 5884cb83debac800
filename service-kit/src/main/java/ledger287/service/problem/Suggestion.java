package ledger287.service.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant. */
public final class Suggestion {
    /** More edits than this are another word. */
    private static final int FAR = 3;

    private Suggestion() {}

    /** The nearest of the known words, or null when none is near. */
    public static @Nullable String nearest(String given, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(FAR);
        String word = given.toLowerCase(Locale.ROOT).replace('-', '_');
        return known.stream()
                .filter(candidate -> distance.apply(word, candidate) >= 0)
                .min(Comparator.comparing(candidate -> distance.apply(word, candidate)))
                .orElse(null);
    }
}
