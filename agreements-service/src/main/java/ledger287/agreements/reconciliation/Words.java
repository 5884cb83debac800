package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ledger287.agreements.vocabulary.PlainText;

/**
 * An agency's name as a list of canonical words: lower case, abbreviations written out, ordinals as numbers, a trailing
 * gloss ({@code / THP}) set apart. Evidence across sheets, never identity: that folds less ({@code FoldedName}).
 *
 * @param list the words in order
 * @param gloss a trailing acronym after a slash or in brackets; empty when there is none
 */
record Words(List<String> list, String gloss) {
    /** Words that say nothing about which agency it is. */
    static final Set<String> FILLERS = Set.of("of", "the", "for", "and", "department", "office");

    /** Kinds of municipal government; "City of Melbourne" and "Melbourne" are one, a borough and a township never. */
    static final Set<String> GOVERNMENTS = Set.of("city", "town", "village", "borough", "township", "municipal");

    /** Words that say which body of a government it is. */
    static final Set<String> BODIES = Set.of(
            "police",
            "sheriff",
            "constable",
            "marshal",
            "jail",
            "detention",
            "correction",
            "prison",
            "center",
            "facility",
            "board",
            "commissioner",
            "commission",
            "council",
            "trustee",
            "supervisor",
            "governor",
            "regent",
            "attorney",
            "prosecutor",
            "court",
            "patrol",
            "trooper",
            "guard",
            "military",
            "public",
            "safety",
            "security",
            "fire",
            "probation",
            "parole");

    /** Words that name a part of the same body. */
    static final Set<String> UNITS = Set.of("division", "bureau", "unit", "section", "branch", "law", "enforcement");

    /** Bodies with a police of their own, whose board signs for it. */
    static final Set<String> INSTITUTIONS =
            Set.of("university", "college", "school", "schools", "airport", "authority");

    /** Two of these tell neighbours apart, alone or within a word. */
    private static final List<String> DIRECTIONS = List.of("north", "south", "east", "west", "upper", "lower");

    private static final Map<String, List<String>> WRITTEN_OUT = Map.ofEntries(
            Map.entry("st", List.of("saint")),
            Map.entry("ste", List.of("sainte")),
            Map.entry("ft", List.of("fort")),
            Map.entry("mt", List.of("mount")),
            Map.entry("dept", List.of("department")),
            Map.entry("dpt", List.of("department")),
            Map.entry("departments", List.of("department")),
            Map.entry("co", List.of("county")),
            Map.entry("cnty", List.of("county")),
            // The same unit of government under another name; a renamed Lafourche "County" was Lafourche Parish.
            Map.entry("parish", List.of("county")),
            Map.entry("twp", List.of("township")),
            Map.entry("boro", List.of("borough")),
            Map.entry("municipality", List.of("municipal")),
            Map.entry("univ", List.of("university")),
            Map.entry("metro", List.of("metropolitan")),
            Map.entry("intl", List.of("international")),
            Map.entry("natl", List.of("national")),
            Map.entry("hwy", List.of("highway")),
            Map.entry("pct", List.of("precinct")),
            Map.entry("pd", List.of("police", "department")),
            Map.entry("so", List.of("sheriff", "office")),
            Map.entry("dps", List.of("department", "of", "public", "safety")),
            Map.entry("doc", List.of("department", "of", "correction")),
            Map.entry("sheriffs", List.of("sheriff")),
            Map.entry("offices", List.of("office")),
            Map.entry("constables", List.of("constable")),
            Map.entry("marshals", List.of("marshal")),
            Map.entry("corrections", List.of("correction")),
            Map.entry("correctional", List.of("correction")),
            Map.entry("commissioners", List.of("commissioner")),
            Map.entry("trustees", List.of("trustee")),
            Map.entry("supervisors", List.of("supervisor")),
            Map.entry("governors", List.of("governor")),
            Map.entry("regents", List.of("regent")),
            Map.entry("attorneys", List.of("attorney")),
            Map.entry("services", List.of("service")),
            Map.entry("centre", List.of("center")));

    private static final List<String> ORDINALS = List.of(
            "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final Map<String, String> ROMAN =
            Map.of("ii", "#2", "iii", "#3", "iv", "#4", "vi", "#6", "vii", "#7", "viii", "#8");
    private static final Pattern NUMBER = Pattern.compile("0*(\\d+)(st|nd|rd|th)?");
    private static final Pattern GLOSS = Pattern.compile("\\s*(?:/\\s*([a-z]{2,6})|\\(\\s*([^()]{1,12})\\s*\\))\\s*$");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

    Words {
        list = List.copyOf(list);
    }

    static Words of(String name) {
        String plain =
                PlainText.of(name).toLowerCase(Locale.ROOT).replace("'", "").replace("&", " and ");
        Matcher glossed = GLOSS.matcher(plain);
        String gloss = "";
        if (glossed.find() && glossed.start() > 0) {
            gloss = glossed.group(1) != null ? glossed.group(1) : glossed.group(2);
            plain = plain.substring(0, glossed.start());
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(plain);
        while (word.find()) {
            words.addAll(WRITTEN_OUT.getOrDefault(word.group(), List.of(number(word.group()))));
        }
        return new Words(words, gloss);
    }

    private static String number(String word) {
        int ordinal = ORDINALS.indexOf(word);
        if (ordinal > 0) {
            return "#" + ordinal;
        }
        Matcher number = NUMBER.matcher(word);
        return number.matches() ? "#" + number.group(1) : ROMAN.getOrDefault(word, word);
    }

    /** Whether a word distinguishes by number, as precincts and wards are. */
    static boolean isNumber(String word) {
        return word.startsWith("#");
    }

    /** Whether a word could stand in any agency's name, so that its misspelling says nothing about which one. */
    static boolean isGeneric(String word) {
        // A marshal is a body, but one letter from the many counties named Marshall.
        return !word.equals("marshal")
                && (FILLERS.contains(word)
                        || GOVERNMENTS.contains(word)
                        || BODIES.contains(word)
                        || UNITS.contains(word)
                        || INSTITUTIONS.contains(word)
                        || word.equals("county"));
    }

    /**
     * The words that tell the agency apart, run together. Names that differ in form only have the same essence; a
     * quick way to find them among many, to be confirmed by a {@link NameComparison}.
     */
    String essence() {
        StringBuilder essence = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            String word = list.get(i);
            boolean placeWord = word.equals("city") || word.equals("town");
            boolean government = GOVERNMENTS.contains(word)
                    && (!placeWord || (i == 0 && list.size() > 1 && list.get(1).equals("of")));
            if (!government && !FILLERS.contains(word)) {
                essence.append(word);
            }
        }
        return essence.toString();
    }

    /**
     * Whether one word may misspell the other: one edit apart, or two in words of eight letters and more; an edit is a
     * letter more, less, other, or two letters swapped. Never short words, numbers, or Eastwick and Westwick. A first
     * letter is rarely mistyped and often all that tells two places apart, so it may differ in long words only, and
     * only by itself.
     */
    static boolean near(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        if (shorter < 4 || isNumber(one) || isNumber(other) || one.equals(other) || contrast(one, other)) {
            return false;
        }
        boolean sameStart = one.charAt(0) == other.charAt(0);
        int allowed = shorter >= 8 && sameStart ? 2 : 1;
        return (sameStart || shorter >= 6)
                && Math.abs(one.length() - other.length()) <= allowed
                && edits(one, other) <= allowed;
    }

    /**
     * Whether the names resemble each other enough to ask a person, and too little to say that they are one: one has
     * every word of the other and more (as the University of West Florida and of Florida have), or one may be a heavily
     * misspelt copy: as many words, at most two that differ, by a few letters and never in the first.
     */
    boolean resembles(Words other) {
        if (!numbers().equals(other.numbers())) {
            return false;
        }
        return list.size() == other.list.size()
                ? misspells(other.list)
                : new HashSet<>(list).containsAll(other.list) || new HashSet<>(other.list).containsAll(list);
    }

    private Set<String> numbers() {
        return list.stream().filter(Words::isNumber).collect(Collectors.toSet());
    }

    private boolean misspells(List<String> other) {
        int differing = 0;
        for (int i = 0; i < list.size(); i++) {
            String one = list.get(i);
            String two = other.get(i);
            if (!one.equals(two)) {
                differing++;
                int few = Math.min(one.length(), two.length()) >= 8 ? 3 : 2;
                if (one.charAt(0) != two.charAt(0) || edits(one, two) > few) {
                    return false;
                }
            }
        }
        return differing <= 2;
    }

    private static boolean contrast(String one, String other) {
        return DIRECTIONS.stream()
                .anyMatch(direction -> one.contains(direction)
                        && !other.contains(direction)
                        && DIRECTIONS.stream().anyMatch(against -> other.contains(against) && !one.contains(against)));
    }

    /** Edits between two words, swapped neighbours counting once (optimal string alignment). */
    static int edits(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
