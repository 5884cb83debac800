package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a partner's verbatim name and an agency's name are compared by. Each makes keys {@code state|rule|text}; a partner
 * is an agency where a key is equal, and only where one agency alone has it. Names that merely resemble each other are
 * never equal: Marion County is not Martin County.
 *
 * <p>The rules, best first: {@code name}, as the agency is called now; {@code alias}, as ICE once called it; {@code words},
 * the same words in another writing (Co. and County, Sheriff and Sheriff's Office); {@code abbreviation}, an abbreviation
 * that the agency's name ends with, against the partner's or the initials of its name; {@code initials}, the initials of
 * the agency's name, against a partner called by an abbreviation.
 */
public final class PartnerNames {
    /** Of a key's text, in characters; a partner's name has at most 300. */
    private static final int LONGEST = 600;

    private static final Pattern APOSTROPHES = Pattern.compile("['’‘`´ʼ]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ABBREVIATION = Pattern.compile("(?:^|/\\s*|\\(\\s*)([A-Z]{3,6})\\s*\\)?\\s*$");
    private static final Set<String> SMALL_WORDS = Set.of("of", "and", "the", "for");
    private static final int FEWEST_INITIALS = 3;
    private static final Map<String, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry("co", "county"),
            Map.entry("cnty", "county"),
            Map.entry("dept", "department"),
            Map.entry("pd", "police department"),
            Map.entry("st", "saint"),
            Map.entry("ft", "fort"),
            Map.entry("mt", "mount"),
            Map.entry("hwy", "highway"),
            Map.entry("univ", "university"),
            Map.entry("twp", "township"),
            Map.entry("sheriffs", "sheriff"),
            Map.entry("sheriffes", "sheriff"));
    private static final Pattern SHERIFF_OF = Pattern.compile("^sheriff of (.+ (?:county|parish))$");
    private static final Pattern SHERIFF = Pattern.compile("\\bsheriff (?:office|department)$");
    private static final Pattern POLICE_OF =
            Pattern.compile("^(?:city|town|village|borough) of (.+) police(?: department)?$");
    private static final Pattern POLICE = Pattern.compile("\\bpolice department$");

    private PartnerNames() {}

    /** The keys of an agency's image, each in a row of its own. */
    public static List<List<?>> ofAgency(JsonNode image) {
        Set<String> keys = new TreeSet<>();
        String name = image.path("name").asText();
        String state = image.path("state").asText("");
        key(keys, state, "name", folded(name));
        similar(keys, state, name);
        for (JsonNode alias : image.path("aliases")) {
            String other = alias.path("name").asText();
            String there = alias.path("state").asText(state);
            key(keys, there, "alias", folded(other));
            similar(keys, there, other);
        }
        return keys.stream().<List<?>>map(List::of).toList();
    }

    private static void similar(Set<String> keys, String state, String name) {
        key(keys, state, "words", writtenOut(name));
        abbreviation(name).ifPresent(found -> key(keys, state, "abbreviation", found));
        initials(name).ifPresent(found -> key(keys, state, "initials", found));
    }

    /**
     * The keys of each partner in an operation's image: the partner's place, from 1; the key's rank, the best first; the
     * key.
     */
    static List<List<?>> ofPartners(JsonNode image) {
        List<List<?>> rows = new ArrayList<>();
        @Nullable String onlyState = onlyState(image);
        int ordinal = 0;
        for (JsonNode partner : image.path("partners")) {
            String name = partner.path("name").asText();
            String state =
                    partner.path("state").isTextual() ? partner.path("state").textValue() : onlyState;
            ordinal++;
            if (state != null) {
                int rank = 0;
                for (String key : keysOfPartner(state, name)) {
                    rows.add(List.of(ordinal, ++rank, key));
                }
            }
        }
        return rows;
    }

    private static Collection<String> keysOfPartner(String state, String name) {
        Set<String> keys = new LinkedHashSet<>();
        key(keys, state, "name", folded(name));
        key(keys, state, "alias", folded(name));
        key(keys, state, "words", writtenOut(name));
        Stream.concat(abbreviation(name).stream(), initials(name).stream())
                .forEach(found -> key(keys, state, "abbreviation", found));
        abbreviation(name).ifPresent(found -> key(keys, state, "initials", found));
        return keys;
    }

    /** Nothing is found by a name that is longer than a partner's may be, and an index could not hold it. */
    private static void key(Set<String> keys, String state, String rule, String text) {
        if (!state.isEmpty() && !text.isEmpty() && text.length() <= LONGEST) {
            keys.add(state + "|" + rule + "|" + text);
        }
    }

    /** The state of all places, when it is one; a partner whose state is not told is sought there. */
    private static @Nullable String onlyState(JsonNode image) {
        Set<String> states = OperationsProjector.states(image);
        return states.size() == 1 ? states.iterator().next() : null;
    }

    private static List<String> words(String name) {
        String plain = APOSTROPHES
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .replaceAll("")
                .replace("&", " and ");
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(plain.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** Case, spacing and punctuation apart. */
    static String folded(String name) {
        return String.join(" ", words(name));
    }

    /** The same name in the writing that all its writings have in common. */
    static String writtenOut(String name) {
        List<String> words = words(name);
        if (!words.isEmpty() && words.getFirst().equals("the")) {
            words.removeFirst();
        }
        String text =
                words.stream().map(word -> WRITTEN_OUT.getOrDefault(word, word)).collect(Collectors.joining(" "));
        text = SHERIFF_OF.matcher(text).replaceFirst("$1 sheriff");
        text = SHERIFF.matcher(text).replaceFirst("sheriff");
        text = POLICE_OF.matcher(text).replaceFirst("$1 police");
        return POLICE.matcher(text).replaceFirst("police");
    }

    private static Optional<String> abbreviation(String name) {
        Matcher matcher = ABBREVIATION.matcher(name.strip());
        return matcher.find() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static Optional<String> initials(String name) {
        String initials = words(name).stream()
                .filter(word -> !SMALL_WORDS.contains(word))
                .map(word -> word.substring(0, 1))
                .collect(Collectors.joining());
        return initials.length() >= FEWEST_INITIALS ? Optional.of(initials) : Optional.empty();
    }
}
