package ledger287.reporting.reference;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What names of counties and places are compared by: letters without accents, case, dots and apostrophes. */
final class PlaceNames {
    /** As the Bureau's names of counties and equivalents end; longer ones first. */
    private static final List<String> SUFFIXES = List.of(
            " city and borough",
            " planning region",
            " census area",
            " municipality",
            " municipio",
            " borough",
            " county",
            " parish",
            " island",
            " district",
            " city");

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern DROPPED = Pattern.compile("['’‘`´ʼ.]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SAINT = Pattern.compile("\\bsaint\\b");
    private static final Pattern SAINTE = Pattern.compile("\\bsainte\\b");
    private static final Pattern CITY_OF = Pattern.compile("^city of (.+)$");

    private PlaceNames() {}

    /** Words in lower case, one space between them. */
    static String folded(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String words = BETWEEN_WORDS
                .matcher(DROPPED.matcher(plain).replaceAll(""))
                .replaceAll(" ")
                .strip();
        words = SAINT.matcher(words).replaceAll("st");
        words = SAINTE.matcher(words).replaceAll("ste");
        return CITY_OF.matcher(words).replaceFirst("$1 city");
    }

    /** A folded name without its suffix; the same when it has none. */
    static String base(String folded) {
        for (String suffix : SUFFIXES) {
            if (folded.endsWith(suffix) && folded.length() > suffix.length()) {
                return folded.substring(0, folded.length() - suffix.length());
            }
        }
        return folded;
    }

    /** Spaces do not count: La Salle and LaSalle are one county. */
    static String key(String folded) {
        return folded.replace(" ", "");
    }
}
