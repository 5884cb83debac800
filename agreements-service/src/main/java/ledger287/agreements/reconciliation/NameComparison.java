package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.FoldedName;
import org.jspecify.annotations.Nullable;

/**
 * Two agency names compared word by word. Overall similarity is never asked for: it scores living neighbours above true
 * renames.
 *
 * @param verdict how far apart they are
 * @param respelled own words (place names and the like) that one misspells; pairs of old and new
 * @param countyDropped whether one leaves out the word "county", which is harmless only within one county
 * @param differences what differs, in words; empty when the names fold alike
 */
record NameComparison(Verdict verdict, List<Respelling> respelled, boolean countyDropped, List<String> differences) {

    /** A word and another spelling of it. */
    record Respelling(String from, String to) {}

    /** From nearest to farthest. */
    enum Verdict {
        /** Differ in spacing, case or apostrophes at most. */
        SAME,
        /** Differ in form only: abbreviations, "City of", "Department", a misspelled common word, a gloss. */
        FORM,
        /** Differ in the spelling of the agency's own words, an edit or two a word. */
        TYPO,
        /** The same place or institution, and bodies that stand for each other, as a university's board and police. */
        BODY,
        /** The same place, but bodies that exist side by side, as a sheriff and a county jail. */
        NEIGHBOUR,
        /** Anything else, one name containing the other included. */
        DIFFERENT;

        /** Whether names this close can be two spellings of one agency's name. */
        boolean compatible() {
            return compareTo(BODY) <= 0;
        }
    }

    private static final Set<String> INSTITUTION_BODIES =
            Set.of("police", "public", "safety", "security", "board", "trustee", "governor", "regent");
    private static final Set<String> MUNICIPAL_BODIES = Set.of("police", "public", "safety");

    NameComparison {
        respelled = List.copyOf(respelled);
        differences = List.copyOf(differences);
    }

    static NameComparison of(String from, String to) {
        return of(from, null, to, null);
    }

    /** @param fromType kind of government of the first, null when unknown; likewise the second */
    static NameComparison of(String from, @Nullable AgencyType fromType, String to, @Nullable AgencyType toType) {
        if (FoldedName.of(from).equals(FoldedName.of(to))) {
            return new NameComparison(Verdict.SAME, List.of(), false, List.of());
        }
        boolean municipal = municipal(fromType) && municipal(toType);
        return new Comparing(Words.of(from), Words.of(to), municipal).verdict();
    }

    private static boolean municipal(@Nullable AgencyType type) {
        return type == null || type == AgencyType.MUNICIPALITY;
    }

    /** One comparison under way. */
    private static final class Comparing {
        private final List<String> from;
        private final List<String> to;
        private final boolean municipal;
        private final List<String> only = new ArrayList<>();
        private final List<Respelling> respelled = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private final List<Integer> gone = new ArrayList<>();
        private final List<Integer> come = new ArrayList<>();

        Comparing(Words from, Words to, boolean municipal) {
            this.from = joined(from.list(), to.list());
            this.to = joined(to.list(), from.list());
            this.municipal = municipal;
            if (!from.gloss().equals(to.gloss())) {
                differences.add(
                        to.gloss().isEmpty() ? "“" + from.gloss() + "” is gone" : "“" + to.gloss() + "” was added");
            }
            align();
        }

        /** Words that the other name writes as one, as Zephyr Hills and Zephyrhills. */
        private static List<String> joined(List<String> words, List<String> other) {
            List<String> result = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                if (i + 1 < words.size() && other.contains(words.get(i) + words.get(i + 1))) {
                    result.add(words.get(i) + words.get(i + 1));
                    i++;
                } else {
                    result.add(words.get(i));
                }
            }
            return result;
        }

        /** The cheapest way from one list of words to the other: a respelled word costs 2, one word gone or come 3. */
        private void align() {
            int[][] cost = new int[from.size() + 1][to.size() + 1];
            for (int i = from.size(); i >= 0; i--) {
                for (int j = to.size(); j >= 0; j--) {
                    cost[i][j] = cheapest(cost, i, j);
                }
            }
            int i = 0;
            int j = 0;
            while (i < from.size() || j < to.size()) {
                if (i < from.size() && j < to.size() && cost[i][j] == cost[i + 1][j + 1] + step(i, j)) {
                    pair(from.get(i), to.get(j));
                    i++;
                    j++;
                } else if (i < from.size() && cost[i][j] == cost[i + 1][j] + 3) {
                    gone.add(i++);
                } else {
                    come.add(j++);
                }
            }
        }

        private int cheapest(int[][] cost, int i, int j) {
            if (i == from.size()) {
                return 3 * (to.size() - j);
            }
            if (j == to.size()) {
                return 3 * (from.size() - i);
            }
            return Math.min(cost[i + 1][j + 1] + step(i, j), 3 + Math.min(cost[i + 1][j], cost[i][j + 1]));
        }

        private int step(int i, int j) {
            if (from.get(i).equals(to.get(j))) {
                return 0;
            }
            return Words.near(from.get(i), to.get(j)) ? 2 : 100;
        }

        private void pair(String one, String other) {
            if (one.equals(other)) {
                return;
            }
            differences.add("“" + one + "” became “" + other + "”");
            if (!Words.isGeneric(one) && !Words.isGeneric(other)) {
                respelled.add(new Respelling(one, other));
            }
        }

        NameComparison verdict() {
            Set<String> governmentsGone = new HashSet<>();
            Set<String> governmentsCome = new HashSet<>();
            boolean countyDropped = sort(from, gone, governmentsGone, "is gone");
            countyDropped |= sort(to, come, governmentsCome, "was added");
            return new NameComparison(
                    verdict(governmentsGone, governmentsCome, countyDropped), respelled, countyDropped, differences);
        }

        private static boolean isInstitution(List<String> words) {
            return words.stream().anyMatch(Words.INSTITUTIONS::contains);
        }

        /**
         * Of a university, an airport and the like, everything from the first body word on names the body: "University
         * of West Florida | Board of Trustees". The institution's name before it must be the same to the letter.
         */
        private boolean sameInstitution() {
            if (!isInstitution(from) || !isInstitution(to)) {
                return false;
            }
            int bodyFrom = firstBody(from);
            int bodyTo = firstBody(to);
            return bodyFrom < from.size()
                    && bodyTo < to.size()
                    && INSTITUTION_BODIES.contains(from.get(bodyFrom))
                    && INSTITUTION_BODIES.contains(to.get(bodyTo))
                    && from.subList(0, bodyFrom).equals(to.subList(0, bodyTo));
        }

        private static int firstBody(List<String> words) {
            int place = 0;
            while (place < words.size() && !Words.BODIES.contains(words.get(place))) {
                place++;
            }
            return place;
        }

        /**
         * Whether the names differ in their last word alone, right after the body: "Sheriff's Ofc." An abbreviation
         * that no list knows, since what follows the body word says nothing about which agency it is.
         */
        private boolean lastWordAlone() {
            int last = from.size() - 1;
            return from.size() == to.size()
                    && last > 1
                    && from.subList(0, last).equals(to.subList(0, last))
                    && Words.BODIES.contains(from.get(last - 1))
                    && Words.FILLERS.contains(from.get(last)) != Words.FILLERS.contains(to.get(last))
                    && !Words.isNumber(from.get(last))
                    && !Words.isNumber(to.get(last))
                    && !Words.BODIES.contains(from.get(last))
                    && !Words.BODIES.contains(to.get(last));
        }

        private Verdict verdict(Set<String> governmentsGone, Set<String> governmentsCome, boolean countyDropped) {
            if (lastWordAlone()) {
                return Verdict.FORM;
            }
            if (sameInstitution()) {
                return Verdict.BODY;
            }
            if (only.stream().anyMatch(word -> !Words.BODIES.contains(word) && !Words.UNITS.contains(word))) {
                return Verdict.DIFFERENT;
            }
            if (respelled.size() > 2 || (!respelled.isEmpty() && !only.isEmpty())) {
                return Verdict.DIFFERENT;
            }
            boolean governmentsDiffer = !governmentsGone.isEmpty() && !governmentsCome.isEmpty();
            boolean countyAmbiguous = countyDropped
                    && !(from.contains("sheriff")
                            && to.contains("sheriff")
                            && governmentsGone.isEmpty()
                            && governmentsCome.isEmpty());
            if (governmentsDiffer || countyAmbiguous) {
                return Verdict.NEIGHBOUR;
            }
            if (!only.isEmpty()) {
                return sameBody() ? Verdict.BODY : Verdict.NEIGHBOUR;
            }
            return respelled.isEmpty() ? Verdict.FORM : Verdict.TYPO;
        }

        /** Sorts the words that only one name has into harmless ones, governments, and words that tell bodies apart. */
        private boolean sort(List<String> words, List<Integer> extra, Set<String> governments, String happened) {
            boolean countyDropped = false;
            for (int index : extra) {
                String word = words.get(index);
                differences.add("“" + word + "” " + happened);
                if (word.equals("county")) {
                    countyDropped = true;
                } else if (isGovernment(words, index)) {
                    if (!word.equals("municipal")) {
                        governments.add(word);
                    }
                } else if (!Words.FILLERS.contains(word)) {
                    only.add(word);
                }
            }
            return countyDropped;
        }

        /** "City of Melbourne" names a government; the city in "Lake City" is part of the place's own name. */
        private static boolean isGovernment(List<String> words, int index) {
            String word = words.get(index);
            return switch (word) {
                case "city", "town" ->
                    index == 0 && words.size() > 1 && words.get(1).equals("of");
                default -> Words.GOVERNMENTS.contains(word);
            };
        }

        /** Whether bodies that differ in name stand for each other. */
        private boolean sameBody() {
            if (only.stream().allMatch(Words.UNITS::contains)) {
                return gone.isEmpty() || come.isEmpty();
            }
            Set<String> bodies = new HashSet<>();
            from.stream().filter(Words.BODIES::contains).forEach(bodies::add);
            to.stream().filter(Words.BODIES::contains).forEach(bodies::add);
            if (only.stream().anyMatch(Words.UNITS::contains)) {
                return false;
            }
            boolean institution = isInstitution(from) && isInstitution(to);
            boolean town = municipal && !from.contains("county") && !to.contains("county");
            return (institution && INSTITUTION_BODIES.containsAll(bodies))
                    || (town && MUNICIPAL_BODIES.containsAll(bodies));
        }
    }
}
