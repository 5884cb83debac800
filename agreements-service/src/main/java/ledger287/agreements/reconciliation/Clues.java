package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/** What can be said of an agreement and a row: the single observations from which the rules draw their conclusions. */
final class Clues {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final Roster roster;
    private final Sheet sheet;
    private final MoaEvidence moas;
    private final WordsInUse words;
    private final Set<AgencyKey> keysNow = new HashSet<>();
    private final @Nullable ImportedSheet previous;

    Clues(Roster roster, Sheet sheet, List<Entry> entries) {
        this.roster = roster;
        this.sheet = sheet;
        this.moas = new MoaEvidence(roster, entries);
        this.words = new WordsInUse(roster, entries);
        this.previous = roster.newestSheet(SheetKind.PARTICIPATING).orElse(null);
        entries.forEach(entry -> keysNow.add(entry.key()));
    }

    Roster roster() {
        return roster;
    }

    Instant publishedAt() {
        return sheet.publication().at();
    }

    String label() {
        return sheet.publication().label();
    }

    MoaEvidence moas() {
        return moas;
    }

    // --- agencies and names -----------------------------------------------------------------------------------------

    static AgencyKey keyOf(Agreement agreement) {
        return AgencyKey.of(agreement.state(), agreement.agencyName());
    }

    static AgencyKey keyOf(Application application) {
        return AgencyKey.of(application.state(), application.agencyName());
    }

    /** Whether a row of this sheet still bears the agreement's name. */
    boolean nameStillListed(Agreement agreement) {
        return keysNow.contains(keyOf(agreement));
    }

    boolean sameAgency(Agreement agreement, Entry entry) {
        return roster.agencyNamed(entry.key())
                .map(agency -> agency.id().equals(roster.survivor(agreement.agencyId())))
                .orElse(false);
    }

    boolean sameAgency(Agreement one, Agreement other) {
        return roster.survivor(one.agencyId()).equals(roster.survivor(other.agencyId()));
    }

    static NameComparison compare(Agreement agreement, Entry entry) {
        return NameComparison.of(
                agreement.agencyName(),
                agreement.agencyType(),
                entry.cells().agencyName(),
                entry.cells().agencyType());
    }

    /** Whether an earlier relabelling showed that ICE's rows confuse the two, so that this one goes back. */
    boolean relabelledBefore(Agreement agreement, Entry entry) {
        Agency own = roster.agency(roster.survivor(agreement.agencyId())).orElseThrow();
        return roster.agencyNamed(entry.key())
                .filter(other -> own.related().stream()
                        .anyMatch(relation -> relation.agencyId().equals(other.id())))
                .isPresent();
    }

    /** Whether a respelled word is two names rather than two spellings of one. */
    boolean twoNames(Agreement agreement, Entry entry, NameComparison names) {
        if (appliedApart(agreement, entry)) {
            return true;
        }
        Set<AgencyKey> theirs = new HashSet<>();
        theirs.add(entry.key());
        theirs.add(keyOf(agreement));
        return names.respelled().stream()
                .anyMatch(pair -> words.elsewhere(pair.from(), theirs) && words.elsewhere(pair.to(), theirs));
    }

    /** Whether a state other than these two has an agency of that name, as many have a Washington County. */
    boolean nameKnownInAThirdState(Agreement agreement, Entry entry) {
        for (State state : State.values()) {
            if (state != agreement.state()
                    && state != entry.cells().state()
                    && roster.agencyNamed(new AgencyKey(state, entry.key().name()))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    // --- applications -----------------------------------------------------------------------------------------------

    /** The application that awaits an answer under the row's very name. */
    Optional<Application> ownApplication(Entry entry) {
        return roster.agencyNamed(entry.key()).stream()
                .flatMap(agency -> roster.applicationsOf(agency.id()).stream())
                .filter(application -> application.supportType() == entry.support())
                .filter(application -> keyOf(application).equals(entry.key()))
                .filter(application -> application.status() == Application.Status.OPEN
                        || application.status() == Application.Status.AWAITING_OUTCOME)
                .findFirst();
    }

    /** Whether the agreement answers an application under its very name. */
    boolean hasOwnApplication(Agreement agreement) {
        return roster.applicationsAnsweredBy(agreement.id()).stream()
                .anyMatch(application -> keyOf(application).equals(keyOf(agreement)));
    }

    /** Two bodies that each applied under a name of their own. */
    boolean appliedApart(Agreement agreement, Entry entry) {
        return ownApplication(entry).isPresent() && hasOwnApplication(agreement);
    }

    // --- counties ---------------------------------------------------------------------------------------------------

    /** Whether the county cells speak against one agency: a respelled name must not take its county along. */
    static boolean countiesForbid(Agreement agreement, Entry entry, NameComparison names) {
        String from = agreement.county();
        String to = entry.cells().county();
        if (from == null || to == null) {
            return names.countyDropped();
        }
        return switch (NameComparison.of(from, to).verdict()) {
            case SAME, FORM -> false;
            case TYPO -> names.verdict() == NameComparison.Verdict.TYPO || names.countyDropped();
            case BODY, NEIGHBOUR, DIFFERENT -> true;
        };
    }

    static boolean countiesConflict(@Nullable String from, @Nullable String to) {
        return from != null
                && to != null
                && !NameComparison.of(from, to).verdict().compatible();
    }

    static boolean countiesConflict(Agreement agreement, Entry entry) {
        return countiesConflict(agreement.county(), entry.cells().county());
    }

    static boolean knownCountyAgrees(Agreement agreement, Entry entry) {
        return agreement.county() != null
                && agreement.county().equals(entry.cells().county());
    }

    // --- dates ------------------------------------------------------------------------------------------------------

    static DateShift shift(Agreement agreement, Entry entry) {
        return DateShift.between(agreement.signedOn(), entry.cells().signedOn());
    }

    static boolean sameDate(Agreement agreement, Entry entry) {
        return Objects.equals(agreement.signedOn(), entry.cells().signedOn());
    }

    static boolean signedOnOneDay(Agreement agreement, Entry entry) {
        return agreement.signedOn() != null && sameDate(agreement, entry);
    }

    /** The day of the last workbook before this one, if there was one. */
    Optional<LocalDate> previousDay() {
        return Optional.ofNullable(previous).map(sheet -> day(sheet.publishedAt()));
    }

    /** Whether the agreement was listed later than the first workbook the ledger took in. */
    boolean listedSinceTheFirstWorkbook(Agreement agreement) {
        Instant first = roster.sheets().stream()
                .filter(known -> known.kind() == SheetKind.PARTICIPATING)
                .map(ImportedSheet::publishedAt)
                .min(Instant::compareTo)
                .orElse(publishedAt());
        return agreement.firstListedAt() != null && agreement.firstListedAt().isAfter(first);
    }

    static LocalDate day(Instant instant) {
        return instant.atZone(NEW_YORK).toLocalDate();
    }

    // --- words for a reader -----------------------------------------------------------------------------------------

    String names(Agreement agreement, Entry entry) {
        return "ICE's row " + entry.row().number() + " names “" + entry.cells().agencyName() + "”; until " + before()
                + " it read “" + agreement.agencyName() + "”.";
    }

    static String dates(Agreement agreement, Entry entry) {
        LocalDate from = agreement.signedOn();
        LocalDate to = entry.cells().signedOn();
        if (Objects.equals(from, to)) {
            return from == null ? "Neither row has a signed date." : "Same signed date, " + from + ".";
        }
        return "Signed date " + (from == null ? "unknown" : from) + " before, " + (to == null ? "unknown" : to)
                + " now.";
    }

    String link(Agreement agreement, Entry entry) {
        if (moas.sameFile(agreement, entry)) {
            return "Both link the same MOA file.";
        }
        return agreement.moa().file().isEmpty()
                ? "The old row's MOA link was still to come."
                : "The MOA file differs; a file's name often has another date than the row.";
    }

    static String inWords(NameComparison names) {
        return names.differences().isEmpty()
                ? "The names differ in the way they are written only."
                : "Word by word the names differ in this only: " + String.join("; ", names.differences()) + ".";
    }

    static String name(@Nullable State state) {
        return state == null ? "no state that can be read" : state.displayName();
    }

    String before() {
        return previous == null ? "then" : previous.publishedLabel();
    }

    String label(@Nullable Instant publication) {
        return roster.sheets().stream()
                .filter(known -> known.kind() == SheetKind.PARTICIPATING
                        && known.publishedAt().equals(publication))
                .map(ImportedSheet::publishedLabel)
                .findFirst()
                .orElse("an earlier workbook");
    }
}
