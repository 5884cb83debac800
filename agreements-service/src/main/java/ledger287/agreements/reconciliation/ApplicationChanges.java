package ledger287.agreements.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.reconciliation.Reconciliation.Outcome;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.vocabulary.FoldedName;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/** Turns the matching of a pending workbook into facts. */
final class ApplicationChanges {
    /** An agreement that left the list this near to the application's return was sent back to pending. */
    private static final Duration RETURN_WINDOW = Duration.ofDays(14);

    private final Draft draft;
    private final List<Entry> entries;
    private final Accounts accounts;
    private final ApplicationMatching matching;
    private final Grants grants;
    private final DoubtfulCells doubts;
    private final Duplicates duplicates = new Duplicates();
    private final Set<AgencyKey> keysNow = new HashSet<>();
    private final @Nullable Instant previousAt;

    ApplicationChanges(Draft draft, Sheet sheet, List<Entry> entries, Accounts accounts) {
        this.draft = draft;
        this.entries = entries;
        this.accounts = accounts;
        this.matching = new ApplicationMatching(draft.roster(), entries);
        this.grants = new Grants(draft);
        this.doubts = new DoubtfulCells(draft);
        this.previousAt = draft.roster()
                .newestSheet(sheet.kind())
                .map(ImportedSheet::publishedAt)
                .orElse(null);
        entries.forEach(entry -> keysNow.add(entry.key()));
    }

    /** Drafts every fact. */
    void draft() {
        Map<Entry, ApplicationMatching.Continued> continued = new HashMap<>();
        for (ApplicationMatching.Continued one : matching.continued()) {
            continued.put(one.entry(), one);
            duplicates.add(one.application().id(), one.application().agencyId(), one.entry());
        }
        for (Entry entry : entries) {
            ApplicationMatching.Continued one = continued.get(entry);
            if (one == null) {
                filed(entry);
            } else {
                continues(one);
            }
        }
        matching.vanished().forEach(this::gone);
    }

    // --- rows -------------------------------------------------------------------------------------------------------

    private void continues(ApplicationMatching.Continued match) {
        Application before = match.application();
        Entry entry = match.entry();
        Evidence evidence = draft.shown(entry.row(), match.tier(), match.confidence(), match.facts());
        boolean nameDiffers = !AgencyKey.of(before.state(), before.agencyName())
                .equals(AgencyKey.of(
                        entry.cells().state() == null
                                ? before.state()
                                : entry.cells().state(),
                        entry.cells().agencyName()));
        UUID agencyId = nameDiffers
                ? agencyAfter(before, entry, evidence)
                : draft.roster().survivor(before.agencyId());
        Optional<Agreement> sentBack = before.listed() ? Optional.empty() : sentBack(before);
        Application.Status status = sentBack.isPresent() ? Application.Status.OPEN : statusAfter(before);
        Application after = Images.listed(before, agencyId, entry, status);
        if (after.equals(before)) {
            accounts.add(entry, Outcome.MATCHED, stream(before), match.tier(), match.confidence(), match.facts());
        } else {
            List<String> facts = new ArrayList<>(match.facts());
            facts.addAll(Differences.between(before, after));
            if (!before.listed()) {
                facts.add("It was absent from the pending workbook and is listed again.");
            }
            draft.put(
                    change(before, nameDiffers),
                    before,
                    after,
                    draft.publishedAt(),
                    draft.shown(entry.row(), match.tier(), match.confidence(), facts));
            sentBack.ifPresent(agreement -> returned(agreement, entry));
            accounts.add(entry, Outcome.CHANGED, stream(before), match.tier(), match.confidence(), facts);
        }
        doubts.about(before.id(), entry);
    }

    private static ApplicationChange change(Application before, boolean nameDiffers) {
        if (!before.listed()) {
            return ApplicationChange.RELISTED;
        }
        return nameDiffers && !FoldedName.of(before.agencyName()).text().isEmpty()
                ? ApplicationChange.RENAMED
                : ApplicationChange.ATTRIBUTE_CHANGED;
    }

    private static Application.Status statusAfter(Application before) {
        return switch (before.status()) {
            case AWAITING_OUTCOME, OPEN -> Application.Status.OPEN;
            case GRANTED -> Application.Status.GRANTED;
            case LAPSED, UNDER_REVIEW, RETRACTED -> before.status();
        };
    }

    private UUID agencyAfter(Application before, Entry entry, Evidence evidence) {
        Agency own = draft.agency(before.agencyId());
        Agency named = draft.agencyNamed(entry.key()).orElse(null);
        if (named != null && !named.id().equals(own.id())) {
            return named.id();
        }
        AgencyKey oldKey = AgencyKey.of(before.state(), before.agencyName());
        boolean oldNameInUse = keysNow.contains(oldKey)
                || draft.roster().agreementsOf(own.id()).stream()
                        .anyMatch(agreement -> agreement.listed()
                                && AgencyKey.of(agreement.state(), agreement.agencyName())
                                        .equals(oldKey));
        if (oldNameInUse) {
            draft.addAlias(own, entry, evidence);
        } else if (!AgencyKey.of(own.state(), own.name()).equals(entry.key())) {
            draft.rename(own, entry, evidence);
        }
        return own.id();
    }

    private void filed(Entry entry) {
        boolean first = previousAt == null;
        List<String> facts = List.of(
                first
                        ? "Listed in the first pending workbook that the ledger took in."
                        : "No row of "
                                + draft.roster()
                                        .newestSheet(SheetKind.PENDING)
                                        .orElseThrow()
                                        .publishedLabel() + " stands for it.");
        Evidence evidence = draft.shown(entry.row(), Tier.NEW, Confidence.STRONG, facts);
        Agreement answer = null;
        if (draft.agencyNamed(entry.key()).isEmpty()) {
            answer = grants.answerUnderAnotherName(entry, keysNow).orElse(null);
        }
        Agency agency = answer == null
                ? draft.agencyOf(entry, evidence)
                : draft.addAlias(draft.agency(answer.agencyId()), entry, evidence);
        UUID id = draft.nextId();
        Application application = Images.filed(
                id, agency.id(), entry, duplicates.of(id, agency.id(), entry), draft.publishedAt(), previousAt);
        draft.put(ApplicationChange.FILED, null, application, draft.publishedAt(), evidence);
        draft.follow(agency.id(), entry, null, evidence);
        duplicates.add(id, agency.id(), entry);
        accounts.add(entry, Outcome.NEW, stream(application), Tier.NEW, Confidence.STRONG, facts);
        if (answer != null) {
            grants.answerUnderAnotherName(application, answer, entry);
        } else {
            answered(application, entry);
        }
        doubts.about(id, entry);
    }

    private void answered(Application application, Entry entry) {
        Optional<Agreement> answer = grants.answerTo(application);
        if (answer.isPresent()) {
            grants.grant(
                    application,
                    answer.get(),
                    draft.shown(
                            entry.row(),
                            Tier.GRANTED,
                            Confidence.CERTAIN,
                            List.of("The agency and support type of the application are among the agreements, signed "
                                    + answer.get().signedOn() + ".")));
        } else {
            sentBack(application).ifPresent(agreement -> returned(agreement, entry));
        }
    }

    // --- sent back --------------------------------------------------------------------------------------------------

    /** The agreement that left the list about when the application appeared. */
    private Optional<Agreement> sentBack(Application application) {
        return draft.roster().agreementsOf(draft.roster().survivor(application.agencyId())).stream()
                .filter(agreement -> agreement.supportType() == application.supportType()
                        && agreement.status() == Agreement.Status.UNLISTED)
                .filter(agreement -> agreement.firstAbsentAt() != null
                        && Duration.between(agreement.firstAbsentAt(), draft.publishedAt())
                                        .abs()
                                        .compareTo(RETURN_WINDOW)
                                <= 0)
                .filter(agreement -> draft.agreement(agreement.id()).status() == Agreement.Status.UNLISTED)
                .findFirst();
    }

    private void returned(Agreement agreement, Entry entry) {
        Instant absent = agreement.firstAbsentAt();
        draft.put(
                AgreementChange.RETURNED_TO_PENDING,
                agreement,
                Images.withStatus(agreement, Agreement.Status.RETURNED_TO_PENDING),
                absent != null && absent.isAfter(draft.publishedAt()) ? absent : draft.publishedAt(),
                draft.shown(
                        entry.row(),
                        Tier.RETURNED_TO_PENDING,
                        Confidence.STRONG,
                        List.of("It had left the list of agreements, and the pending workbook lists “"
                                + entry.cells().agencyName() + "” for the same support type.")));
    }

    // --- gone -------------------------------------------------------------------------------------------------------

    private void gone(Application before) {
        draft.put(
                ApplicationChange.UNLISTED,
                before,
                Images.gone(before, previousAt, draft.publishedAt()),
                draft.publishedAt(),
                draft.absent(
                        before.id(),
                        Tier.UNLISTED,
                        Confidence.CERTAIN,
                        List.of(
                                "No row of this pending workbook stands for it. Absence alone says nothing of its outcome.")));
    }

    private static String stream(Application application) {
        return "application-" + application.id();
    }
}
