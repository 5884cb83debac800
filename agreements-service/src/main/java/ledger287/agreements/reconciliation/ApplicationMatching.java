package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * Which row of a pending workbook continues which application. There is neither date nor memorandum to go by, so names
 * that differ in anything but form need one candidate and no rival; what is left over is no departure but awaits its
 * outcome, so nothing needs a person here.
 */
final class ApplicationMatching {
    /** A row that continues an application. */
    record Continued(Application application, Entry entry, Tier tier, Confidence confidence, List<String> facts) {}

    private final Roster roster;
    private final WordsInUse words;
    private final Map<UUID, Application> vanished = new LinkedHashMap<>();
    private final Set<Entry> appeared = new LinkedHashSet<>();
    private final List<Continued> continued = new ArrayList<>();

    ApplicationMatching(Roster roster, List<Entry> entries) {
        this.roster = roster;
        this.words = new WordsInUse(roster, entries);
        roster.listedApplications().forEach(application -> vanished.put(application.id(), application));
        appeared.addAll(entries);
        sameKey(vanished.values(), Tier.SAME_KEY);
        sameKey(unlisted(), Tier.RELISTED);
        renamed(List.copyOf(vanished.values()));
        renamed(unlisted().stream()
                .filter(application -> application.status() == Application.Status.AWAITING_OUTCOME)
                .toList());
        stateRead();
    }

    List<Continued> continued() {
        return continued;
    }

    /** Applications whose rows are gone, in log order. */
    Collection<Application> vanished() {
        return vanished.values();
    }

    private List<Application> unlisted() {
        return roster.applications().stream()
                .filter(application -> !application.listed()
                        && application.status() != Application.Status.LAPSED
                        && application.status() != Application.Status.RETRACTED)
                .toList();
    }

    private void match(Application application, Entry entry, Tier tier, Confidence confidence, List<String> facts) {
        vanished.remove(application.id());
        appeared.remove(entry);
        continued.add(new Continued(application, entry, tier, confidence, facts));
    }

    private record AgencySupport(Object agency, @Nullable SupportType support) {}

    /** First by the name as listed, then by every name the agency is known under. */
    private void sameKey(Collection<Application> candidates, Tier tier) {
        Map<AgencySupport, List<Application>> byName = new HashMap<>();
        Map<AgencySupport, List<Application>> byAgency = new HashMap<>();
        for (Application application : candidates) {
            byName.computeIfAbsent(
                            new AgencySupport(keyOf(application), application.supportType()),
                            absent -> new ArrayList<>())
                    .add(application);
            byAgency.computeIfAbsent(
                            new AgencySupport(roster.survivor(application.agencyId()), application.supportType()),
                            absent -> new ArrayList<>())
                    .add(application);
        }
        Set<UUID> taken = new LinkedHashSet<>();
        for (Entry entry : List.copyOf(appeared)) {
            take(byName.get(new AgencySupport(entry.key(), entry.support())), taken, entry, tier);
        }
        for (Entry entry : List.copyOf(appeared)) {
            roster.agencyNamed(entry.key())
                    .ifPresent(agency ->
                            take(byAgency.get(new AgencySupport(agency.id(), entry.support())), taken, entry, tier));
        }
    }

    private void take(@Nullable List<Application> candidates, Set<UUID> taken, Entry entry, Tier tier) {
        if (candidates == null) {
            return;
        }
        candidates.stream()
                .filter(application -> !taken.contains(application.id()))
                .findFirst()
                .ifPresent(application -> {
                    taken.add(application.id());
                    match(
                            application,
                            entry,
                            tier,
                            Confidence.CERTAIN,
                            List.of("Same state, agency and support type as before."));
                });
    }

    private void renamed(List<Application> candidates) {
        Map<StateSupport, List<Application>> before = new HashMap<>();
        for (Application application : candidates) {
            before.computeIfAbsent(
                            new StateSupport(application.state(), application.supportType()),
                            absent -> new ArrayList<>())
                    .add(application);
        }
        Map<Entry, List<Application>> byEntry = new LinkedHashMap<>();
        Map<UUID, Integer> rivals = new HashMap<>();
        for (Entry entry : appeared) {
            for (Application application :
                    before.getOrDefault(new StateSupport(entry.cells().state(), entry.support()), List.of())) {
                if (oneAgency(application, entry)) {
                    byEntry.computeIfAbsent(entry, absent -> new ArrayList<>()).add(application);
                    rivals.merge(application.id(), 1, Integer::sum);
                }
            }
        }
        byEntry.forEach((entry, applications) -> {
            Application application = applications.getFirst();
            if (applications.size() == 1 && rivals.getOrDefault(application.id(), 0) == 1) {
                NameComparison names = compare(application, entry);
                match(
                        application,
                        entry,
                        Tier.RENAMED,
                        Confidence.STRONG,
                        List.of(
                                "ICE's row " + entry.row().number() + " names “"
                                        + entry.cells().agencyName() + "”; the row that left the list read “"
                                        + application.agencyName() + "”.",
                                names.differences().isEmpty()
                                        ? "The names differ in the way they are written only."
                                        : "Word by word the names differ in this only: "
                                                + String.join("; ", names.differences()) + ".",
                                "Same state and support type, one for one."));
            }
        });
    }

    private boolean oneAgency(Application application, Entry entry) {
        NameComparison names = compare(application, entry);
        boolean respelled = names.verdict() == NameComparison.Verdict.TYPO;
        // The row of a granted application has every reason to leave: a name of another spelling is another agency's.
        boolean expected = application.listed() && application.status() != Application.Status.GRANTED;
        if (names.verdict().compareTo(NameComparison.Verdict.TYPO) > 0
                || names.countyDropped()
                || (respelled && !expected)
                || countiesForbid(application.county(), entry.cells().county(), respelled)) {
            return false;
        }
        Set<AgencyKey> theirs =
                Set.copyOf(Set.of(keyOf(application), entry.key()).stream().toList());
        return names.respelled().stream()
                .noneMatch(pair -> words.elsewhere(pair.from(), theirs) && words.elsewhere(pair.to(), theirs));
    }

    private static boolean countiesForbid(@Nullable String from, @Nullable String to, boolean respelled) {
        if (from == null || to == null) {
            return false;
        }
        NameComparison.Verdict verdict = NameComparison.of(from, to).verdict();
        return verdict.compareTo(respelled ? NameComparison.Verdict.FORM : NameComparison.Verdict.TYPO) > 0;
    }

    /** A state that could not be read in one of the two workbooks. */
    private void stateRead() {
        for (Entry entry : List.copyOf(appeared)) {
            vanished.values().stream()
                    .filter(application ->
                            application.state() == null || entry.cells().state() == null)
                    .filter(application -> application.supportType() == entry.support()
                            && keyOf(application).name().equals(entry.key().name())
                            && Objects.equals(
                                    application.county(), entry.cells().county()))
                    .findFirst()
                    .ifPresent(application -> match(
                            application,
                            entry,
                            Tier.STATE_CHANGED,
                            Confidence.STRONG,
                            List.of("Same agency name, county and support type; the state could not be read in one of"
                                    + " the two workbooks.")));
        }
    }

    private static NameComparison compare(Application application, Entry entry) {
        return NameComparison.of(
                application.agencyName(),
                application.agencyType(),
                entry.cells().agencyName(),
                entry.cells().agencyType());
    }

    private static AgencyKey keyOf(Application application) {
        return AgencyKey.of(application.state(), application.agencyName());
    }
}
