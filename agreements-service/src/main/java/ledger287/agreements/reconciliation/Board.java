package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;

/**
 * Agreements whose rows are still to be found, rows still to be explained, and what has been matched so far. One to one:
 * whatever is matched is off the board for all later rules.
 */
final class Board {
    /** A row that may continue an agreement, and how much speaks for it beside its rivals. */
    record Pair(Agreement agreement, Entry entry, long weight, Tier tier, Confidence confidence, List<String> facts) {}

    private final Map<UUID, Agreement> vanished = new LinkedHashMap<>();
    private final Set<Entry> appeared = new LinkedHashSet<>();
    private final List<Match> matches = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    Board(Collection<Agreement> listed, List<Entry> entries) {
        listed.forEach(agreement -> vanished.put(agreement.id(), agreement));
        appeared.addAll(entries);
    }

    /** Agreements without a row so far, in log order. */
    List<Agreement> vanished() {
        return List.copyOf(vanished.values());
    }

    Optional<Agreement> vanished(UUID id) {
        return Optional.ofNullable(vanished.get(id));
    }

    /** Rows without an agreement so far, in canonical order. */
    List<Entry> appeared() {
        return List.copyOf(appeared);
    }

    List<Match> matches() {
        return matches;
    }

    List<Loss> losses() {
        return losses;
    }

    void match(Agreement agreement, Entry entry, Tier tier, Confidence confidence, List<String> facts) {
        vanished.remove(agreement.id());
        appeared.remove(entry);
        matches.add(new Match(agreement, entry, tier, confidence, facts));
    }

    void lose(Loss loss) {
        vanished.remove(loss.agreement().id());
        losses.add(loss);
    }

    /**
     * Takes the pairs that are the single best for both their sides, and again among what is left. Two of like weight
     * are left alone: choosing between them is a person's.
     */
    void settle(List<Pair> pairs) {
        List<Pair> open = new ArrayList<>(pairs);
        boolean found = true;
        while (found) {
            Map<UUID, List<Pair>> byAgreement =
                    group(open, pair -> pair.agreement().id());
            Map<Entry, List<Pair>> byEntry = group(open, Pair::entry);
            List<Pair> settled = open.stream()
                    .filter(pair -> isBest(
                                    pair,
                                    byAgreement.getOrDefault(pair.agreement().id(), List.of()))
                            && isBest(pair, byEntry.getOrDefault(pair.entry(), List.of())))
                    .toList();
            Set<UUID> agreements = new HashSet<>();
            Set<Entry> entries = new HashSet<>();
            for (Pair pair : settled) {
                match(pair.agreement(), pair.entry(), pair.tier(), pair.confidence(), pair.facts());
                agreements.add(pair.agreement().id());
                entries.add(pair.entry());
            }
            open.removeIf(pair -> agreements.contains(pair.agreement().id()) || entries.contains(pair.entry()));
            found = !settled.isEmpty();
        }
    }

    private static <K> Map<K, List<Pair>> group(List<Pair> pairs, Function<Pair, K> key) {
        Map<K, List<Pair>> groups = new HashMap<>();
        pairs.forEach(pair -> groups.computeIfAbsent(key.apply(pair), absent -> new ArrayList<>())
                .add(pair));
        return groups;
    }

    /** Among rows (or agreements) that nothing tells apart, as ICE's double rows, the first is as good as any. */
    private static boolean isBest(Pair pair, List<Pair> rivals) {
        int place = rivals.indexOf(pair);
        for (int i = 0; i < rivals.size(); i++) {
            Pair rival = rivals.get(i);
            boolean yields = rival.weight() < pair.weight()
                    || (rival.weight() == pair.weight() && i > place && interchangeable(pair, rival));
            if (i != place && !yields) {
                return false;
            }
        }
        return true;
    }

    private static boolean interchangeable(Pair one, Pair other) {
        return Clues.keyOf(one.agreement()).equals(Clues.keyOf(other.agreement()))
                && Objects.equals(one.agreement().signedOn(), other.agreement().signedOn())
                && one.entry().key().equals(other.entry().key())
                && Objects.equals(
                        one.entry().cells().signedOn(), other.entry().cells().signedOn());
    }
}
