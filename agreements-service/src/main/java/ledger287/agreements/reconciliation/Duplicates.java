package ledger287.agreements.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one sheet that may be one agreement listed twice: one agency and support type, or names that differ in form
 * only and dates that are near. They are flagged and never folded.
 */
final class Duplicates {
    private record AgencySupport(UUID agency, @Nullable SupportType support) {}

    private record Known(UUID id, Entry entry) {}

    private final Map<AgencySupport, List<Known>> byAgency = new HashMap<>();
    private final Map<StateSupport, List<Known>> byState = new HashMap<>();
    /** Made for those states and support types only in which anybody asks; most rows change nothing. */
    private final Map<StateSupport, Map<String, List<Known>>> byEssence = new HashMap<>();

    void add(UUID id, UUID agencyId, Entry entry) {
        Known known = new Known(id, entry);
        byAgency.computeIfAbsent(new AgencySupport(agencyId, entry.support()), absent -> new ArrayList<>(1))
                .add(known);
        StateSupport place = StateSupport.of(entry);
        byState.computeIfAbsent(place, absent -> new ArrayList<>()).add(known);
        Map<String, List<Known>> essences = byEssence.get(place);
        if (essences != null) {
            add(essences, known);
        }
    }

    /** What a row may list a second time, among the rows added so far. */
    List<UUID> of(UUID id, UUID agencyId, Entry entry) {
        Set<UUID> twins = new LinkedHashSet<>();
        byAgency.getOrDefault(new AgencySupport(agencyId, entry.support()), List.of()).stream()
                .map(Known::id)
                .forEach(twins::add);
        byEssence
                .computeIfAbsent(StateSupport.of(entry), this::essences)
                .getOrDefault(essence(entry), List.of())
                .stream()
                .filter(known -> alike(known.entry(), entry))
                .map(Known::id)
                .forEach(twins::add);
        twins.remove(id);
        return List.copyOf(twins);
    }

    private Map<String, List<Known>> essences(StateSupport place) {
        Map<String, List<Known>> essences = new HashMap<>();
        byState.getOrDefault(place, List.of()).forEach(known -> add(essences, known));
        return essences;
    }

    private static void add(Map<String, List<Known>> essences, Known known) {
        essences.computeIfAbsent(essence(known.entry()), absent -> new ArrayList<>(1))
                .add(known);
    }

    private static String essence(Entry entry) {
        return Words.of(entry.cells().agencyName()).essence();
    }

    private static boolean alike(Entry one, Entry other) {
        LocalDate first = one.cells().signedOn();
        LocalDate second = other.cells().signedOn();
        return NameComparison.of(one.cells().agencyName(), other.cells().agencyName())
                                .verdict()
                                .compareTo(NameComparison.Verdict.FORM)
                        <= 0
                && DateShift.between(first, second).atMost(DateShift.Kind.TYPED);
    }
}
