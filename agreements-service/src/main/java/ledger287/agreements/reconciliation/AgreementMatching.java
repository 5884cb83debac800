package ledger287.agreements.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * Which row continues which agreement, tier by tier, strongest evidence first. One-to-one throughout: a row or an
 * agreement that a tier has matched is out of the game for all later ones. What no tier settles with certainty is not
 * guessed at; it becomes a {@link Loss.Doubtful}.
 */
final class AgreementMatching {
    /** A signing this much older than the last workbook is not news. */
    private static final int FRESH_DAYS = 7;

    /** An application that reappears this near to an agreement's disappearance belongs to it. */
    private static final Duration RETURN_WINDOW = Duration.ofDays(14);

    /** Unlisted agreements come back within this many days, if under another date or name. */
    private static final Duration ABSENCE_WINDOW = Duration.ofDays(60);

    private final Roster roster;
    private final Sheet sheet;
    private final MoaEvidence moas;
    private final WordsInUse words;
    private final Set<AgencyKey> keysNow = new HashSet<>();
    private final Map<UUID, Agreement> vanished = new LinkedHashMap<>();
    private final Set<Entry> appeared = new LinkedHashSet<>();
    private final List<Match> matches = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final @Nullable ImportedSheet previous;

    AgreementMatching(Roster roster, Sheet sheet, List<Entry> entries) {
        this.roster = roster;
        this.sheet = sheet;
        this.moas = new MoaEvidence(roster, entries);
        this.words = new WordsInUse(roster, entries);
        this.previous = roster.newestSheet(SheetKind.PARTICIPATING).orElse(null);
        entries.forEach(entry -> keysNow.add(entry.key()));
        roster.listedAgreements().forEach(agreement -> vanished.put(agreement.id(), agreement));
        appeared.addAll(entries);
        run();
    }

    /** Rows that continue agreements, in no particular order. */
    List<Match> matches() {
        return matches;
    }

    /** Rows without counterpart, in canonical order. */
    Collection<Entry> unmatched() {
        return appeared;
    }

    /** Agreements that no row continues, in log order. */
    List<Loss> losses() {
        return losses;
    }

    private void run() {
        sameKey();
        sameAgencyAlias();
        cameBack();
        sameMoaFile();
        dateChanged();
        renamed();
        supportTypeChanged();
        stateChanged();
        relisted();
        duplicatesRemoved();
        returnedToPending();
        leftovers();
    }

    private void match(Agreement agreement, Entry entry, Tier tier, Confidence confidence, List<String> facts) {
        vanished.remove(agreement.id());
        appeared.remove(entry);
        matches.add(new Match(agreement, entry, tier, confidence, facts));
    }

    // --- same key ---------------------------------------------------------------------------------------------------

    private record Key(
            AgencyKey agency,
            @Nullable SupportType support,
            @Nullable LocalDate signedOn) {}

    private void sameKey() {
        Map<Key, List<Agreement>> before = new HashMap<>();
        for (Agreement agreement : vanished.values()) {
            Key key = new Key(keyOf(agreement), agreement.supportType(), agreement.signedOn());
            before.computeIfAbsent(key, absent -> new ArrayList<>()).add(agreement);
        }
        Map<Key, List<Entry>> now = new LinkedHashMap<>();
        for (Entry entry : appeared) {
            Key key = new Key(entry.key(), entry.support(), entry.cells().signedOn());
            now.computeIfAbsent(key, absent -> new ArrayList<>()).add(entry);
        }
        now.forEach((key, entries) -> pair(
                before.getOrDefault(key, List.of()),
                entries,
                Tier.SAME_KEY,
                (agreement, entry) -> List.of("Same state, agency, support type and signed date as before.")));
    }

    private void sameAgencyAlias() {
        record AgencySupportDate(
                UUID agency,
                @Nullable SupportType support,
                @Nullable LocalDate signedOn) {}
        Map<AgencySupportDate, List<Agreement>> before = new HashMap<>();
        for (Agreement agreement : vanished.values()) {
            var key = new AgencySupportDate(
                    roster.survivor(agreement.agencyId()), agreement.supportType(), agreement.signedOn());
            before.computeIfAbsent(key, absent -> new ArrayList<>()).add(agreement);
        }
        Map<AgencySupportDate, List<Entry>> now = new LinkedHashMap<>();
        for (Entry entry : appeared) {
            roster.agencyNamed(entry.key()).ifPresent(agency -> {
                var key = new AgencySupportDate(
                        agency.id(), entry.support(), entry.cells().signedOn());
                now.computeIfAbsent(key, absent -> new ArrayList<>()).add(entry);
            });
        }
        now.forEach((key, entries) -> pair(
                before.getOrDefault(key, List.of()),
                entries,
                Tier.SAME_AGENCY_ALIAS,
                (agreement, entry) -> List.of(
                        names(agreement, entry),
                        "Both are names of one agency, known from earlier workbooks.",
                        "Same support type and signed date.")));
    }

    private interface Explanation {
        List<String> of(Agreement agreement, Entry entry);
    }

    /** Pairs the agreements and rows of one key, those first whose memorandum, county and kind of agency agree too. */
    private void pair(List<Agreement> before, List<Entry> now, Tier tier, Explanation explanation) {
        List<Agreement> agreements = new ArrayList<>(before);
        List<Entry> entries = new ArrayList<>(now);
        for (int closeness = 7; closeness >= 0 && !agreements.isEmpty(); closeness--) {
            for (Entry entry : List.copyOf(entries)) {
                int wanted = closeness;
                Optional<Agreement> found = agreements.stream()
                        .filter(agreement -> closeness(agreement, entry) == wanted)
                        .findFirst();
                if (found.isPresent()) {
                    agreements.remove(found.get());
                    entries.remove(entry);
                    match(found.get(), entry, tier, Confidence.CERTAIN, explanation.of(found.get(), entry));
                }
            }
        }
    }

    private static int closeness(Agreement agreement, Entry entry) {
        return (agreement.moa().equals(entry.moa()) ? 4 : 0)
                + (Objects.equals(agreement.county(), entry.cells().county()) ? 2 : 0)
                + (agreement.agencyType() == entry.cells().agencyType() ? 1 : 0);
    }

    // --- back from review -------------------------------------------------------------------------------------------

    /** A row under review that returns as it was ends the question, before any other rule may give its row away. */
    private void cameBack() {
        for (Agreement agreement : absent(Agreement.Status.UNDER_REVIEW)) {
            appeared.stream()
                    .filter(entry -> sameKey(agreement, entry))
                    .findFirst()
                    .ifPresent(entry -> {
                        match(
                                agreement,
                                entry,
                                Tier.CAME_BACK,
                                Confidence.CERTAIN,
                                List.of(
                                        "The row that had vanished and was under review is back as it was: same state, agency,"
                                                + " support type and signed date."));
                        resolve(agreement);
                    });
        }
    }

    /** If what we took for the possible successor vanishes as the original comes back, it never was another one. */
    private void resolve(Agreement original) {
        for (Review review : roster.reviewsOf(original.id())) {
            if (review.status() != Review.Status.OPEN) {
                continue;
            }
            for (Review.Candidate candidate : review.candidates()) {
                Agreement successor = vanished.get(candidate.id());
                if (successor != null && successor.provisional()) {
                    vanished.remove(successor.id());
                    losses.add(new Loss.Resolved(
                            successor,
                            original,
                            List.of("Its row vanished in the very workbook in which “" + original.agencyName()
                                    + "” came back: one row that bore another name for a while.")));
                }
            }
        }
    }

    private boolean sameKey(Agreement agreement, Entry entry) {
        return agreement.supportType() == entry.support()
                && Objects.equals(agreement.signedOn(), entry.cells().signedOn())
                && (keyOf(agreement).equals(entry.key()) || sameAgency(agreement, entry));
    }

    private boolean sameAgency(Agreement agreement, Entry entry) {
        return roster.agencyNamed(entry.key())
                .map(agency -> agency.id().equals(roster.survivor(agreement.agencyId())))
                .orElse(false);
    }

    // --- same memorandum --------------------------------------------------------------------------------------------

    private void sameMoaFile() {
        for (Entry entry : List.copyOf(appeared)) {
            entry.moaFile().stream()
                    .flatMap(file -> roster.carriersOfMoaFile(file).stream())
                    .map(vanished::get)
                    .filter(Objects::nonNull)
                    .filter(agreement -> moas.proves(agreement, entry))
                    .filter(agreement -> supportAndDateAllow(agreement, entry))
                    .findFirst()
                    .ifPresent(agreement -> match(
                            agreement,
                            entry,
                            Tier.SAME_MOA_FILE,
                            agreement.supportType() == entry.support() && sameDate(agreement, entry)
                                    ? Confidence.CERTAIN
                                    : Confidence.STRONG,
                            List.of(
                                    names(agreement, entry),
                                    "The same MOA file, " + entry.moaFile().orElseThrow()
                                            + ", was linked by that one row before and is linked by this one row now.",
                                    dates(agreement, entry))));
        }
    }

    /** A file settles it alone where support type and date agree; where one of them moved, the agency must not. */
    private boolean supportAndDateAllow(Agreement agreement, Entry entry) {
        boolean oneAgency = sameAgency(agreement, entry)
                || compare(agreement, entry).verdict().compatible();
        if (agreement.supportType() != entry.support()) {
            return oneAgency && sameDate(agreement, entry);
        }
        return oneAgency || shift(agreement, entry).atMost(DateShift.Kind.NEAR);
    }

    // --- date changed -----------------------------------------------------------------------------------------------

    private void dateChanged() {
        record AgencySupport(UUID agency, @Nullable SupportType support) {}
        Map<AgencySupport, List<Agreement>> before = new LinkedHashMap<>();
        for (Agreement agreement : vanished.values()) {
            before.computeIfAbsent(
                            new AgencySupport(roster.survivor(agreement.agencyId()), agreement.supportType()),
                            absent -> new ArrayList<>())
                    .add(agreement);
        }
        Map<AgencySupport, List<Entry>> now = new HashMap<>();
        for (Entry entry : appeared) {
            roster.agencyNamed(entry.key()).ifPresent(agency -> now.computeIfAbsent(
                            new AgencySupport(agency.id(), entry.support()), absent -> new ArrayList<>())
                    .add(entry));
        }
        before.forEach((key, agreements) -> dateChanged(agreements, now.getOrDefault(key, List.of())));
    }

    private void dateChanged(List<Agreement> agreements, List<Entry> entries) {
        List<Pair> pairs = new ArrayList<>();
        for (Agreement agreement : agreements) {
            for (Entry entry : entries) {
                if (!signedAnew(agreement, entry)
                        && !countiesConflict(agreement, entry)
                        && !claimedByAnother(agreement, entry)) {
                    DateShift shift = shift(agreement, entry);
                    // Nearer dates weigh more; one file for both outweighs any distance.
                    long weight = (moas.sameFile(agreement, entry) ? 1_000_000 : 0) - shift.days();
                    boolean firm = moas.sameFile(agreement, entry) || shift.atMost(DateShift.Kind.TYPED);
                    pairs.add(new Pair(
                            agreement,
                            entry,
                            weight,
                            Tier.DATE_CHANGED,
                            firm ? Confidence.STRONG : Confidence.PROBABLE,
                            List.of(
                                    "Same agency and support type, one for one: the row with the one date vanished where"
                                            + " the row with the other appeared.",
                                    dates(agreement, entry),
                                    link(agreement, entry))));
                }
            }
        }
        settle(pairs);
    }

    /** Whether another agency's vanished row had this very date and memorandum: it may be that one, relabelled. */
    private boolean claimedByAnother(Agreement agreement, Entry entry) {
        return entry.moaFile().stream()
                .flatMap(file -> roster.carriersOfMoaFile(file).stream())
                .map(vanished::get)
                .filter(Objects::nonNull)
                .anyMatch(other -> !roster.survivor(other.agencyId()).equals(roster.survivor(agreement.agencyId()))
                        && moas.sameFile(other, entry)
                        && other.state() == entry.cells().state()
                        && other.supportType() == entry.support()
                        && signedOnOneDay(other, entry));
    }

    /**
     * Whether it looks like a second agreement that replaced the first, rather than a corrected date: far apart, and
     * either freshly signed or without the memorandum that the first one had.
     */
    private boolean signedAnew(Agreement agreement, Entry entry) {
        if (shift(agreement, entry).atMost(DateShift.Kind.TYPED) || moas.sameFile(agreement, entry)) {
            return false;
        }
        LocalDate signed = entry.cells().signedOn();
        boolean fresh = previous != null
                && signed != null
                && agreement.signedOn() != null
                && signed.isAfter(agreement.signedOn().plusDays(60))
                && !signed.isBefore(day(previous.publishedAt()).minusDays(FRESH_DAYS));
        boolean memorandumLost =
                agreement.moa().file().isPresent() && shift(agreement, entry).days() > 60;
        return fresh || memorandumLost;
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    // --- renamed ----------------------------------------------------------------------------------------------------

    private record StateSupport(
            @Nullable State state, @Nullable SupportType support) {}

    private void renamed() {
        Map<StateSupport, List<Agreement>> before = byStateAndSupport(vanished.values());
        Map<StateSupport, List<Entry>> now = new HashMap<>();
        for (Entry entry : appeared) {
            now.computeIfAbsent(new StateSupport(entry.cells().state(), entry.support()), absent -> new ArrayList<>())
                    .add(entry);
        }
        List<Pair> pairs = new ArrayList<>();
        before.forEach((key, agreements) -> {
            for (Agreement agreement : agreements) {
                for (Entry entry : now.getOrDefault(key, List.of())) {
                    renaming(agreement, entry).ifPresent(pairs::add);
                }
            }
        });
        settle(pairs);
    }

    private static Map<StateSupport, List<Agreement>> byStateAndSupport(Collection<Agreement> agreements) {
        Map<StateSupport, List<Agreement>> groups = new LinkedHashMap<>();
        for (Agreement agreement : agreements) {
            groups.computeIfAbsent(
                            new StateSupport(agreement.state(), agreement.supportType()), absent -> new ArrayList<>())
                    .add(agreement);
        }
        return groups;
    }

    private Optional<Pair> renaming(Agreement agreement, Entry entry) {
        DateShift shift = shift(agreement, entry);
        if (!shift.atMost(DateShift.Kind.TYPED)) {
            return Optional.empty();
        }
        NameComparison names = compare(agreement, entry);
        boolean sameDate = shift.atMost(DateShift.Kind.UNREADABLE);
        boolean allowed =
                switch (names.verdict()) {
                    case SAME, FORM -> true;
                    case TYPO -> (sameDate || shift.days() <= 14) && !twoNames(agreement, entry, names);
                    case BODY -> sameDate && !appliedApart(agreement, entry);
                    case NEIGHBOUR, DIFFERENT -> sameDate && linked(agreement, entry);
                };
        if (!allowed || countiesForbid(agreement, entry, names)) {
            return Optional.empty();
        }
        long weight = (sameDate ? 100L : 0L)
                + (names.verdict().compareTo(NameComparison.Verdict.FORM) <= 0 ? 20 : 10)
                + (knownCountyAgrees(agreement, entry) ? 2 : 0);
        List<String> facts = new ArrayList<>();
        facts.add(names(agreement, entry));
        facts.add(
                names.differences().isEmpty()
                        ? "The names differ in the way they are written only."
                        : "Word by word the names differ in this only: " + String.join("; ", names.differences())
                                + ".");
        facts.add("The old name left the list in the workbook in which the new one appeared, in one state and for one"
                + " support type.");
        facts.add(dates(agreement, entry));
        return Optional.of(new Pair(
                agreement, entry, weight, Tier.RENAMED, sameDate ? Confidence.STRONG : Confidence.PROBABLE, facts));
    }

    /** Whether an earlier relabelling showed that ICE's rows confuse the two, so that this one goes back. */
    private boolean linked(Agreement agreement, Entry entry) {
        Agency own = roster.agency(roster.survivor(agreement.agencyId())).orElseThrow();
        return roster.agencyNamed(entry.key())
                .filter(other -> own.related().stream()
                        .anyMatch(relation -> relation.agencyId().equals(other.id())))
                .isPresent();
    }

    /** Whether a respelled word is two names rather than two spellings of one. */
    private boolean twoNames(Agreement agreement, Entry entry, NameComparison names) {
        if (appliedApart(agreement, entry)) {
            return true;
        }
        Set<AgencyKey> theirs = new HashSet<>();
        theirs.add(entry.key());
        theirs.add(keyOf(agreement));
        return names.respelled().stream()
                .anyMatch(pair -> words.elsewhere(pair.from(), theirs) && words.elsewhere(pair.to(), theirs));
    }

    /** Two bodies that each applied under a name of their own. */
    private boolean appliedApart(Agreement agreement, Entry entry) {
        return ownApplication(entry).isPresent() && hasOwnApplication(agreement);
    }

    private Optional<Application> ownApplication(Entry entry) {
        return roster.agencyNamed(entry.key()).stream()
                .flatMap(agency -> roster.applicationsOf(agency.id()).stream())
                .filter(application -> application.supportType() == entry.support())
                .filter(application -> keyOf(application).equals(entry.key()))
                .filter(application -> application.status() == Application.Status.OPEN
                        || application.status() == Application.Status.AWAITING_OUTCOME)
                .findFirst();
    }

    private boolean hasOwnApplication(Agreement agreement) {
        return roster.applicationsAnsweredBy(agreement.id()).stream()
                .anyMatch(application -> keyOf(application).equals(keyOf(agreement)));
    }

    /** Whether the county cells speak against one agency: a respelled name must not take its county along. */
    private static boolean countiesForbid(Agreement agreement, Entry entry, NameComparison names) {
        String from = agreement.county();
        String to = entry.cells().county();
        if (from == null || to == null) {
            return names.countyDropped();
        }
        NameComparison counties = NameComparison.of(from, to);
        return switch (counties.verdict()) {
            case SAME, FORM -> false;
            case TYPO -> names.verdict() == NameComparison.Verdict.TYPO || names.countyDropped();
            case BODY, NEIGHBOUR, DIFFERENT -> true;
        };
    }

    private static boolean countiesConflict(Agreement agreement, Entry entry) {
        return countiesConflict(agreement.county(), entry.cells().county());
    }

    private static boolean countiesConflict(@Nullable String from, @Nullable String to) {
        return from != null
                && to != null
                && !NameComparison.of(from, to).verdict().compatible();
    }

    private static boolean knownCountyAgrees(Agreement agreement, Entry entry) {
        return agreement.county() != null
                && agreement.county().equals(entry.cells().county());
    }

    // --- support type or state corrected ----------------------------------------------------------------------------

    /** A type that could not be read, or can be read now; a change from one type to another is a person's to judge. */
    private void supportTypeChanged() {
        if (appeared.isEmpty()) {
            return;
        }
        List<Pair> pairs = new ArrayList<>();
        for (Agreement agreement : vanished.values()) {
            for (Entry entry : appeared) {
                boolean unreadable = agreement.supportType() == null || entry.support() == null;
                if (unreadable && keyOf(agreement).equals(entry.key()) && sameDate(agreement, entry)) {
                    pairs.add(new Pair(
                            agreement,
                            entry,
                            1,
                            Tier.SUPPORT_TYPE_CHANGED,
                            Confidence.STRONG,
                            List.of("Same state, agency and signed date; the support type could not be read in one of"
                                    + " the two workbooks.")));
                }
            }
        }
        settle(pairs);
    }

    private void stateChanged() {
        record NameSupportDate(
                String name,
                @Nullable SupportType support,
                @Nullable LocalDate signedOn) {}
        Map<NameSupportDate, List<Entry>> now = new HashMap<>();
        for (Entry entry : appeared) {
            var key = new NameSupportDate(
                    entry.key().name().text(), entry.support(), entry.cells().signedOn());
            now.computeIfAbsent(key, absent -> new ArrayList<>()).add(entry);
        }
        List<Pair> pairs = new ArrayList<>();
        for (Agreement agreement : vanished.values()) {
            var key =
                    new NameSupportDate(keyOf(agreement).name().text(), agreement.supportType(), agreement.signedOn());
            for (Entry entry : now.getOrDefault(key, List.of())) {
                if (agreement.state() != entry.cells().state() && livesInOneStateOnly(agreement, entry)) {
                    pairs.add(new Pair(
                            agreement, entry, 1, Tier.STATE_CHANGED, Confidence.STRONG, stateFacts(agreement, entry)));
                }
            }
        }
        settle(pairs);
    }

    /**
     * Many states have a Washington County, so a name and a date alone do not move an agreement: nothing may show that
     * the agency also exists in the state it is said to have left, unless it applied in the state it moved to.
     */
    private boolean livesInOneStateOnly(Agreement agreement, Entry entry) {
        if (agreement.state() == null || entry.cells().state() == null) {
            return true;
        }
        if (hasOwnApplication(agreement) || countiesConflict(agreement, entry)) {
            return false;
        }
        return ownApplication(entry).isPresent() || !keysNow.contains(keyOf(agreement));
    }

    private List<String> stateFacts(Agreement agreement, Entry entry) {
        List<String> facts = new ArrayList<>();
        facts.add("The row names " + stateName(entry.cells().state()) + "; until " + before() + " it named "
                + stateName(agreement.state()) + ".");
        facts.add("Same agency name, support type and signed date; no row of that name is left in "
                + stateName(agreement.state()) + ".");
        if (ownApplication(entry).isPresent()) {
            facts.add("An application of that name was pending in "
                    + stateName(entry.cells().state()) + ".");
        }
        return facts;
    }

    private static String stateName(@Nullable State state) {
        return state == null ? "no state that can be read" : state.displayName();
    }

    // --- relisted ---------------------------------------------------------------------------------------------------

    private void relisted() {
        if (appeared.isEmpty()) {
            return;
        }
        List<Pair> pairs = new ArrayList<>();
        for (Agreement agreement : absent(
                Agreement.Status.UNLISTED,
                Agreement.Status.UNDER_REVIEW,
                Agreement.Status.DUPLICATE_REMOVED,
                Agreement.Status.RETURNED_TO_PENDING,
                Agreement.Status.ENDED)) {
            for (Entry entry : appeared) {
                relisting(agreement, entry).ifPresent(pairs::add);
            }
        }
        settle(pairs);
    }

    private Optional<Pair> relisting(Agreement agreement, Entry entry) {
        if (agreement.supportType() != entry.support()
                || (agreement.state() != entry.cells().state() && !moas.sameFile(agreement, entry))) {
            return Optional.empty();
        }
        String back = "It was listed until " + label(agreement.lastListedAt()) + " and is listed again.";
        if (sameKey(agreement, entry) && !countiesConflict(agreement, entry)) {
            return Optional.of(new Pair(
                    agreement,
                    entry,
                    100,
                    Tier.RELISTED,
                    Confidence.CERTAIN,
                    List.of(back, "Same state, agency, support type and signed date as before.")));
        }
        if (agreement.status() == Agreement.Status.ENDED || !absentLately(agreement)) {
            return Optional.empty();
        }
        if (moas.proves(agreement, entry) && supportAndDateAllow(agreement, entry)) {
            return Optional.of(new Pair(
                    agreement,
                    entry,
                    90,
                    Tier.RELISTED,
                    Confidence.STRONG,
                    List.of(
                            back,
                            names(agreement, entry),
                            "No other row ever linked the MOA file "
                                    + entry.moaFile().orElseThrow() + ".")));
        }
        NameComparison names = compare(agreement, entry);
        boolean oneName = sameAgency(agreement, entry)
                || (names.verdict().compareTo(NameComparison.Verdict.FORM) <= 0
                        && !countiesForbid(agreement, entry, names));
        DateShift shift = shift(agreement, entry);
        boolean dateAllows = shift.atMost(DateShift.Kind.UNREADABLE)
                || (shift.atMost(DateShift.Kind.TYPED) && signedBeforeItLeft(agreement, entry));
        if (oneName && dateAllows && !countiesConflict(agreement, entry)) {
            return Optional.of(new Pair(
                    agreement,
                    entry,
                    80 - Math.min(shift.days(), 60),
                    Tier.RELISTED,
                    Confidence.PROBABLE,
                    List.of(back, names(agreement, entry), dates(agreement, entry))));
        }
        return Optional.empty();
    }

    private boolean absentLately(Agreement agreement) {
        Instant left = agreement.firstAbsentAt();
        return left != null && Duration.between(left, sheet.publication().at()).compareTo(ABSENCE_WINDOW) <= 0;
    }

    /** A date after the row had gone is a new signing. */
    private static boolean signedBeforeItLeft(Agreement agreement, Entry entry) {
        LocalDate signed = entry.cells().signedOn();
        Instant left = agreement.firstAbsentAt();
        return signed == null || left == null || signed.isBefore(day(left));
    }

    private List<Agreement> absent(Agreement.Status... statuses) {
        Set<Agreement.Status> wanted = Set.of(statuses);
        return roster.agreements().stream()
                .filter(agreement -> wanted.contains(agreement.status()) && agreement.firstAbsentAt() != null)
                .toList();
    }

    // --- duplicates -------------------------------------------------------------------------------------------------

    private void duplicatesRemoved() {
        if (vanished.isEmpty()) {
            return;
        }
        Map<StateSupport, List<Match>> staying = stayingByStateAndSupport();
        for (Agreement agreement : List.copyOf(vanished.values())) {
            staying.getOrDefault(new StateSupport(agreement.state(), agreement.supportType()), List.of()).stream()
                    .filter(match -> isDuplicate(agreement, match))
                    .min(Comparator.comparingLong(
                            match -> shift(agreement, match).days()))
                    .ifPresent(match -> {
                        vanished.remove(agreement.id());
                        losses.add(new Loss.Duplicate(
                                agreement,
                                match.agreement(),
                                List.of(
                                        "Its row vanished while row "
                                                + match.entry().row().number() + ", “"
                                                + match.entry().cells().agencyName()
                                                + "”, stays: both were listed before, for one support type.",
                                        dates(agreement, match.entry()))));
                    });
        }
    }

    private Map<StateSupport, List<Match>> stayingByStateAndSupport() {
        Map<StateSupport, List<Match>> staying = new HashMap<>();
        for (Match match : matches) {
            if (match.agreement().listed()) {
                staying.computeIfAbsent(
                                new StateSupport(
                                        match.agreement().state(),
                                        match.agreement().supportType()),
                                absent -> new ArrayList<>())
                        .add(match);
            }
        }
        return staying;
    }

    private boolean isDuplicate(Agreement agreement, Match match) {
        Agreement other = match.agreement();
        boolean flagged = agreement.possibleDuplicateOf().contains(other.id())
                || other.possibleDuplicateOf().contains(agreement.id());
        DateShift shift = shift(agreement, match);
        if (!shift.atMost(DateShift.Kind.TYPED) || countiesConflict(agreement.county(), other.county())) {
            return false;
        }
        if (roster.survivor(agreement.agencyId()).equals(roster.survivor(other.agencyId()))) {
            return true;
        }
        NameComparison names = NameComparison.of(
                agreement.agencyName(), agreement.agencyType(), other.agencyName(), other.agencyType());
        return switch (names.verdict()) {
            case SAME, FORM -> !names.countyDropped() || flagged;
            case TYPO ->
                shift.atMost(DateShift.Kind.UNREADABLE)
                        && !countiesForbid(agreement, match.entry(), names)
                        && !twoNames(agreement, match.entry(), names);
            case BODY, NEIGHBOUR, DIFFERENT -> false;
        };
    }

    private static DateShift shift(Agreement agreement, Match staying) {
        DateShift before =
                DateShift.between(agreement.signedOn(), staying.agreement().signedOn());
        DateShift now =
                DateShift.between(agreement.signedOn(), staying.entry().cells().signedOn());
        return before.days() <= now.days() ? before : now;
    }

    // --- returned to pending ----------------------------------------------------------------------------------------

    private void returnedToPending() {
        Optional<ImportedSheet> pending = roster.newestSheet(SheetKind.PENDING);
        if (pending.isEmpty()
                || Duration.between(
                                        pending.get().publishedAt(),
                                        sheet.publication().at())
                                .abs()
                                .compareTo(RETURN_WINDOW)
                        > 0) {
            return;
        }
        for (Agreement agreement : List.copyOf(vanished.values())) {
            roster.applicationsOf(roster.survivor(agreement.agencyId())).stream()
                    .filter(application -> application.listed() && application.supportType() == agreement.supportType())
                    .filter(application -> application.agreementId() == null
                            || application.agreementId().equals(agreement.id()))
                    .findFirst()
                    .ifPresent(application -> {
                        vanished.remove(agreement.id());
                        losses.add(new Loss.Returned(
                                agreement,
                                application,
                                List.of("It left the list, and the pending workbook of "
                                        + pending.get().publishedLabel() + " lists “" + application.agencyName()
                                        + "” for the same support type.")));
                    });
        }
    }

    // --- leftovers --------------------------------------------------------------------------------------------------

    private void leftovers() {
        Map<StateSupport, List<Match>> staying = vanished.isEmpty() ? Map.of() : stayingByStateAndSupport();
        for (Agreement agreement : vanished.values()) {
            List<Loss.Suspect> suspects = new ArrayList<>();
            for (Entry entry : appeared) {
                suspicion(agreement, entry).ifPresent(suspects::add);
            }
            for (Match match :
                    staying.getOrDefault(new StateSupport(agreement.state(), agreement.supportType()), List.of())) {
                if (roster.survivor(agreement.agencyId())
                                .equals(roster.survivor(match.agreement().agencyId()))
                        && !countiesConflict(
                                agreement.county(), match.agreement().county())) {
                    suspects.add(new Loss.Suspect.Staying(
                            match.agreement(),
                            List.of(
                                    "The same agency keeps another agreement of the same support type.",
                                    dates(agreement, match.entry()))));
                }
            }
            if (suspects.isEmpty()) {
                losses.add(new Loss.Departed(
                        agreement,
                        List.of("Listed until " + before() + "; no row of "
                                + sheet.publication().label()
                                + " continues it: none with its name, its MOA file, or its state, support type and"
                                + " date.")));
            } else {
                losses.add(new Loss.Doubtful(
                        agreement,
                        suspects,
                        List.of("Listed until " + before() + "; what may have become of it is not certain.")));
            }
        }
        vanished.clear();
    }

    /** Whether a new row may be what became of an agreement: enough to ask a person, too little to say so. */
    private Optional<Loss.Suspect> suspicion(Agreement agreement, Entry entry) {
        boolean sameState = agreement.state() == entry.cells().state();
        boolean sameSupport = agreement.supportType() == entry.support();
        NameComparison names = compare(agreement, entry);
        DateShift shift = shift(agreement, entry);
        List<String> facts = new ArrayList<>();
        if (moas.sameFile(agreement, entry)) {
            facts.add("Links the same MOA file, which does not settle it: other rows have linked it, or it names"
                    + " another agency, state or support type.");
        }
        if (sameState && sameSupport && signedOnOneDay(agreement, entry) && !certainlyAnother(agreement, entry)) {
            facts.add("Same state, support type and signed date, appeared where the old row vanished.");
        }
        boolean oneName = sameAgency(agreement, entry) || names.verdict().compatible();
        boolean onePlace = oneName || names.verdict() == NameComparison.Verdict.NEIGHBOUR;
        if (sameState && sameSupport && (oneName || (onePlace && shift.atMost(DateShift.Kind.TYPED)))) {
            facts.add("The same place, in the same state and for the same support type.");
        }
        if (sameState
                && !sameSupport
                && oneName
                && signedOnOneDay(agreement, entry)
                && ownApplication(entry).isEmpty()) {
            facts.add("The same agency and signed date under another support type.");
        }
        if (!sameState
                && sameSupport
                && names.verdict() == NameComparison.Verdict.SAME
                && signedOnOneDay(agreement, entry)) {
            facts.add("The same name, support type and signed date in another state.");
        }
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        facts.addFirst(names(agreement, entry));
        facts.add(dates(agreement, entry));
        return Optional.of(new Loss.Suspect.Appeared(entry, facts));
    }

    /**
     * Whether a row is known to be another agency's: it applied under its own name, and the vanished row cannot have
     * been that application's outcome mislabelled, since it has one of its own or was there before it was filed.
     */
    private boolean certainlyAnother(Agreement agreement, Entry entry) {
        return ownApplication(entry)
                .filter(application -> hasOwnApplication(agreement)
                        || (agreement.firstListedAt() != null
                                && agreement.firstListedAt().isBefore(application.firstListedAt())))
                .isPresent();
    }

    // --- pairs ------------------------------------------------------------------------------------------------------

    private record Pair(
            Agreement agreement, Entry entry, long weight, Tier tier, Confidence confidence, List<String> facts) {}

    /**
     * Takes the pairs that are the single best for both their sides, and again among what is left. Two of like weight
     * are left alone: choosing between them is a person's.
     */
    private void settle(List<Pair> pairs) {
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
            settled.forEach(
                    pair -> match(pair.agreement(), pair.entry(), pair.tier(), pair.confidence(), pair.facts()));
            Set<UUID> agreements = new HashSet<>();
            Set<Entry> entries = new HashSet<>();
            settled.forEach(pair -> {
                agreements.add(pair.agreement().id());
                entries.add(pair.entry());
            });
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
            if (i != place
                    && rival.weight() >= pair.weight()
                    && !(rival.weight() == pair.weight() && i > place && interchangeable(pair, rival))) {
                return false;
            }
        }
        return true;
    }

    private static boolean interchangeable(Pair one, Pair other) {
        return keyOf(one.agreement()).equals(keyOf(other.agreement()))
                && Objects.equals(one.agreement().signedOn(), other.agreement().signedOn())
                && one.entry().key().equals(other.entry().key())
                && Objects.equals(
                        one.entry().cells().signedOn(), other.entry().cells().signedOn());
    }

    // --- words ------------------------------------------------------------------------------------------------------

    private String names(Agreement agreement, Entry entry) {
        return "ICE's row " + entry.row().number() + " names “" + entry.cells().agencyName() + "”; until " + before()
                + " it read “" + agreement.agencyName() + "”.";
    }

    private static String dates(Agreement agreement, Entry entry) {
        LocalDate from = agreement.signedOn();
        LocalDate to = entry.cells().signedOn();
        if (Objects.equals(from, to)) {
            return from == null ? "Neither row has a signed date." : "Same signed date, " + from + ".";
        }
        return "Signed date " + (from == null ? "unknown" : from) + " before, " + (to == null ? "unknown" : to)
                + " now.";
    }

    private String link(Agreement agreement, Entry entry) {
        if (moas.sameFile(agreement, entry)) {
            return "Both link the same MOA file.";
        }
        return agreement.moa().file().isEmpty()
                ? "The old row's MOA link was still to come."
                : "The MOA file differs; a file's name often has another date than the row.";
    }

    private String before() {
        return previous == null ? "then" : previous.publishedLabel();
    }

    private String label(@Nullable Instant publication) {
        return roster.sheets().stream()
                .filter(known -> known.kind() == SheetKind.PARTICIPATING
                        && known.publishedAt().equals(publication))
                .map(ImportedSheet::publishedLabel)
                .findFirst()
                .orElse("an earlier workbook");
    }

    private static NameComparison compare(Agreement agreement, Entry entry) {
        return NameComparison.of(
                agreement.agencyName(),
                agreement.agencyType(),
                entry.cells().agencyName(),
                entry.cells().agencyType());
    }

    private static DateShift shift(Agreement agreement, Entry entry) {
        return DateShift.between(agreement.signedOn(), entry.cells().signedOn());
    }

    private static boolean sameDate(Agreement agreement, Entry entry) {
        return Objects.equals(agreement.signedOn(), entry.cells().signedOn());
    }

    private static boolean signedOnOneDay(Agreement agreement, Entry entry) {
        return agreement.signedOn() != null && sameDate(agreement, entry);
    }

    private static AgencyKey keyOf(Agreement agreement) {
        return AgencyKey.of(agreement.state(), agreement.agencyName());
    }

    private static AgencyKey keyOf(Application application) {
        return AgencyKey.of(application.state(), application.agencyName());
    }
}
