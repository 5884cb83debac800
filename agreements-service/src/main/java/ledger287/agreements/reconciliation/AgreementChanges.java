package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.ReviewChange;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.vocabulary.FoldedName;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Turns the matching of a participating workbook into facts. One row makes at most one event of its agreement. */
final class AgreementChanges {
    private final Draft draft;
    private final Sheet sheet;
    private final List<Entry> entries;
    private final Accounts accounts;
    private final AgreementMatching matching;
    private final Grants grants;
    private final DoubtfulCells doubts;
    private final Set<AgencyKey> keysNow = new HashSet<>();
    private final Duplicates duplicates = new Duplicates();
    private final Map<Entry, UUID> signedNow = new HashMap<>();
    private final @Nullable Instant previousAt;

    AgreementChanges(Draft draft, Sheet sheet, List<Entry> entries, Accounts accounts) {
        this.draft = draft;
        this.sheet = sheet;
        this.entries = entries;
        this.accounts = accounts;
        this.matching = new AgreementMatching(draft.roster(), sheet, entries);
        this.grants = new Grants(draft);
        this.doubts = new DoubtfulCells(draft);
        this.previousAt = draft.roster()
                .newestSheet(SheetKind.PARTICIPATING)
                .map(ImportedSheet::publishedAt)
                .orElse(null);
        entries.forEach(entry -> keysNow.add(entry.key()));
    }

    /** Drafts every fact. */
    void draft() {
        Map<Entry, Match> matches = new HashMap<>();
        for (Match match : matching.matches()) {
            matches.put(match.entry(), match);
            duplicates.add(match.agreement().id(), match.agreement().agencyId(), match.entry());
        }
        Set<Entry> suspects = suspects();
        List<Entry> certain = matching.unmatched().stream()
                .filter(entry -> !suspects.contains(entry))
                .toList();
        Map<Entry, Application> answered = grants.underAnotherName(certain, keysNow);
        for (Entry entry : entries) {
            Match match = matches.get(entry);
            if (match != null) {
                continues(match);
            } else {
                signed(entry, suspects.contains(entry), answered.get(entry));
            }
        }
        matching.losses().forEach(this::lost);
        matching.matches().stream()
                .filter(match -> match.agreement().status() == Agreement.Status.UNDER_REVIEW)
                .sorted(Comparator.comparing(match -> entries.indexOf(match.entry())))
                .forEach(this::settleReviews);
    }

    private Set<Entry> suspects() {
        Set<Entry> suspects = new HashSet<>();
        for (Loss loss : matching.losses()) {
            if (loss instanceof Loss.Doubtful doubtful) {
                for (Loss.Suspect suspect : doubtful.suspects()) {
                    if (suspect instanceof Loss.Suspect.Appeared appeared) {
                        suspects.add(appeared.entry());
                    }
                }
            }
        }
        return suspects;
    }

    // --- rows -------------------------------------------------------------------------------------------------------

    private void continues(Match match) {
        Agreement before = match.agreement();
        Entry entry = match.entry();
        boolean nameDiffers = !before.agencyName().equals(entry.cells().agencyName())
                && !FoldedName.of(before.agencyName()).equals(entry.key().name());
        boolean stateDiffers =
                entry.cells().state() != null && before.state() != entry.cells().state();
        boolean relabelled = nameDiffers && relabelled(match);
        Evidence evidence = draft.shown(entry.row(), match.tier(), match.confidence(), match.facts());
        UUID agencyId = nameDiffers || stateDiffers
                ? agencyAfter(before, entry, relabelled, evidence)
                : draft.roster().survivor(before.agencyId());
        List<UUID> twins = nameDiffers || stateDiffers
                ? merged(before.possibleDuplicateOf(), duplicates.of(before.id(), agencyId, entry))
                : before.possibleDuplicateOf();
        Agreement after = Images.listed(before, agencyId, entry, twins);
        if (after.equals(before)) {
            accounts.add(entry, Outcome.MATCHED, stream(before), match.tier(), match.confidence(), match.facts());
        } else {
            List<String> facts = new ArrayList<>(match.facts());
            facts.addAll(Differences.between(before, after));
            AgreementChange change = change(before, after, nameDiffers, relabelled);
            draft.put(change, before, after, draft.shown(entry.row(), match.tier(), match.confidence(), facts));
            draft.follow(agencyId, entry, before, evidence);
            accounts.add(entry, Outcome.CHANGED, stream(before), match.tier(), match.confidence(), facts);
            if (change != AgreementChange.ATTRIBUTE_CHANGED && !after.provisional()) {
                grants.answer(after, entry);
            }
        }
        doubts.about(after.id(), entry);
    }

    private static AgreementChange change(Agreement before, Agreement after, boolean nameDiffers, boolean relabelled) {
        if (!before.listed()) {
            return AgreementChange.RELISTED;
        }
        if (nameDiffers) {
            return relabelled ? AgreementChange.RELABELLED : AgreementChange.RENAMED;
        }
        if (before.state() != after.state()) {
            return AgreementChange.STATE_CHANGED;
        }
        return Objects.equals(before.signedOn(), after.signedOn())
                ? AgreementChange.ATTRIBUTE_CHANGED
                : AgreementChange.DATE_CHANGED;
    }

    /** Whether the new name is another body's rather than another name of the same. */
    private boolean relabelled(Match match) {
        if (match.tier() == Tier.SAME_AGENCY_ALIAS) {
            return false;
        }
        UUID own = draft.roster().survivor(match.agreement().agencyId());
        boolean sameAgency = draft.agencyNamed(match.entry().key())
                .map(agency -> agency.id().equals(own))
                .orElse(false);
        return !sameAgency
                && !NameComparison.of(
                                match.agreement().agencyName(),
                                match.agreement().agencyType(),
                                match.entry().cells().agencyName(),
                                match.entry().cells().agencyType())
                        .verdict()
                        .compatible();
    }

    /**
     * Whose agreement it is under its new name: the agency that bears the name already, else the same agency, renamed
     * unless other rows still use the old name.
     */
    private UUID agencyAfter(Agreement before, Entry entry, boolean relabelled, Evidence evidence) {
        Agency own = draft.agency(before.agencyId());
        if (relabelled) {
            Agency other = draft.agencyOf(entry, evidence);
            draft.link(own, other, evidence);
            return other.id();
        }
        Agency named = draft.agencyNamed(entry.key()).orElse(null);
        if (named != null && !named.id().equals(own.id())) {
            return named.id();
        }
        AgencyKey oldKey = AgencyKey.of(before.state(), before.agencyName());
        boolean oldNameInUse = keysNow.contains(oldKey)
                || draft.roster().applicationsOf(own.id()).stream()
                        .anyMatch(application -> application.listed()
                                && AgencyKey.of(application.state(), application.agencyName())
                                        .equals(oldKey));
        if (!oldNameInUse) {
            if (!AgencyKey.of(own.state(), own.name()).equals(entry.key())) {
                draft.rename(own, entry, evidence);
            }
            return own.id();
        }
        if (named == null && before.state() != entry.cells().state()) {
            return draft.agencyOf(entry, evidence).id();
        }
        draft.addAlias(own, entry, evidence);
        return own.id();
    }

    private static List<UUID> merged(List<UUID> one, List<UUID> other) {
        Set<UUID> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    private void signed(Entry entry, boolean provisional, @Nullable Application answered) {
        Confidence confidence = provisional ? Confidence.WEAK : Confidence.STRONG;
        Tier tier = provisional ? Tier.UNDER_REVIEW : Tier.NEW;
        List<String> facts = List.of(newness(provisional));
        Evidence evidence = draft.shown(entry.row(), tier, confidence, facts);
        Agency agency;
        if (answered != null && draft.agencyNamed(entry.key()).isEmpty()) {
            agency = draft.addAlias(draft.agency(answered.agencyId()), entry, evidence);
        } else {
            agency = draft.agencyOf(entry, evidence);
        }
        UUID id = draft.nextId();
        List<UUID> twins = duplicates.of(id, agency.id(), entry);
        Agreement agreement = Images.signed(id, agency.id(), entry, provisional, twins, draft.publishedAt());
        draft.put(AgreementChange.SIGNED, null, agreement, evidence);
        draft.follow(agency.id(), entry, null, evidence);
        signedNow.put(entry, id);
        duplicates.add(id, agency.id(), entry);
        accounts.add(
                entry, provisional ? Outcome.UNDER_REVIEW : Outcome.NEW, stream(agreement), tier, confidence, facts);
        if (answered != null) {
            grants.answerUnderAnotherName(answered, agreement, entry);
        } else if (!provisional) {
            grants.answer(agreement, entry);
        }
        doubts.about(id, entry);
    }

    private String newness(boolean provisional) {
        if (previousAt == null) {
            return "Listed in the first participating workbook that the ledger took in.";
        }
        return provisional
                ? "Appeared where another row vanished that it may continue; provisional until a person decides."
                : "No row of "
                        + draft.roster()
                                .newestSheet(SheetKind.PARTICIPATING)
                                .orElseThrow()
                                .publishedLabel() + " stands for it.";
    }

    // --- losses -----------------------------------------------------------------------------------------------------

    private void lost(Loss loss) {
        switch (loss) {
            case Loss.Duplicate duplicate ->
                gone(duplicate, AgreementChange.DUPLICATE_REMOVED, Tier.DUPLICATE_REMOVED, Confidence.STRONG);
            case Loss.Returned returned -> {
                gone(returned, AgreementChange.RETURNED_TO_PENDING, Tier.RETURNED_TO_PENDING, Confidence.STRONG);
                reopen(returned);
            }
            case Loss.Departed departed -> departed(departed);
            case Loss.Doubtful doubtful -> {
                gone(doubtful, AgreementChange.PUT_UNDER_REVIEW, Tier.UNDER_REVIEW, Confidence.WEAK);
                open(doubtful);
            }
            case Loss.Resolved resolved -> resolved(resolved);
        }
    }

    private void departed(Loss.Departed departed) {
        if (departed.agreement().ended() == null) {
            gone(departed, AgreementChange.UNLISTED, Tier.UNLISTED, Confidence.PROBABLE);
        } else {
            // A document had said so before ICE's list followed.
            gone(departed, AgreementChange.ENDED, Tier.UNLISTED, Confidence.CERTAIN);
        }
    }

    private void gone(Loss loss, AgreementChange change, Tier tier, Confidence confidence) {
        Agreement before = loss.agreement();
        Agreement.Status status =
                switch (change) {
                    case DUPLICATE_REMOVED -> Agreement.Status.DUPLICATE_REMOVED;
                    case RETURNED_TO_PENDING -> Agreement.Status.RETURNED_TO_PENDING;
                    case PUT_UNDER_REVIEW -> Agreement.Status.UNDER_REVIEW;
                    case ENDED -> Agreement.Status.ENDED;
                    case SIGNED,
                            RENAMED,
                            RELABELLED,
                            DATE_CHANGED,
                            STATE_CHANGED,
                            ATTRIBUTE_CHANGED,
                            UNLISTED,
                            RELISTED,
                            CONFIRMED,
                            CORRECTED,
                            RETRACTED -> Agreement.Status.UNLISTED;
                };
        draft.put(
                change,
                before,
                Images.gone(before, status, previousAt, draft.publishedAt()),
                draft.absent(before.id(), tier, confidence, loss.facts()));
    }

    private void reopen(Loss.Returned returned) {
        Application application = draft.application(returned.application().id());
        if (returned.agreement().id().equals(application.agreementId())) {
            draft.put(
                    ApplicationChange.RELISTED,
                    application,
                    Images.answered(application, Application.Status.OPEN, null),
                    draft.publishedAt(),
                    draft.absent(
                            returned.agreement().id(), Tier.RETURNED_TO_PENDING, Confidence.STRONG, returned.facts()));
        }
    }

    private void open(Loss.Doubtful doubtful) {
        Agreement agreement = doubtful.agreement();
        List<Review.Candidate> candidates = new ArrayList<>();
        for (Loss.Suspect suspect : doubtful.suspects()) {
            candidates.add(
                    switch (suspect) {
                        case Loss.Suspect.Appeared appeared ->
                            candidate(
                                    draft.agreement(Objects.requireNonNull(signedNow.get(appeared.entry()))),
                                    appeared.facts());
                        case Loss.Suspect.Staying staying ->
                            candidate(draft.agreement(staying.agreement().id()), staying.facts());
                    });
        }
        draft.put(
                ReviewChange.OPENED,
                null,
                new Review(
                        draft.nextId(),
                        agreement.id(),
                        "The row of " + summary(agreement) + " is not in the workbook of "
                                + sheet.publication().label() + ". Does one of the candidates continue it, or did it"
                                + " leave the list?",
                        candidates,
                        Review.Status.OPEN,
                        null),
                draft.absent(agreement.id(), Tier.UNDER_REVIEW, Confidence.WEAK, doubtful.facts()));
    }

    private static Review.Candidate candidate(Agreement agreement, List<String> facts) {
        return new Review.Candidate(agreement.id(), summary(agreement), facts);
    }

    private static String summary(Agreement agreement) {
        State state = agreement.state();
        SupportType support = agreement.supportType();
        return agreement.agencyName() + ", " + (state == null ? "state unknown" : state.displayName()) + ", "
                + (support == null ? "support type unknown" : support.code().replace('_', ' ')) + ", signed "
                + (agreement.signedOn() == null ? "on an unknown day" : agreement.signedOn());
    }

    private void resolved(Loss.Resolved resolved) {
        Agreement before = resolved.agreement();
        Evidence evidence = draft.absent(before.id(), Tier.SETTLED, Confidence.CERTAIN, resolved.facts());
        draft.put(
                AgreementChange.RETRACTED,
                before,
                Images.gone(before, Agreement.Status.RETRACTED, previousAt, draft.publishedAt()),
                evidence);
        for (Application known : draft.roster().applicationsAnsweredBy(before.id())) {
            Application application = draft.application(known.id());
            draft.put(
                    ApplicationChange.CORRECTED,
                    application,
                    Images.answered(
                            application,
                            application.status(),
                            resolved.original().id()),
                    draft.publishedAt(),
                    evidence);
        }
    }

    /** The row is back: nobody need decide any more. */
    private void settleReviews(Match match) {
        Evidence evidence = draft.shown(match.entry().row(), Tier.SETTLED, match.confidence(), match.facts());
        for (Review review : draft.reviewsOf(match.agreement().id())) {
            if (review.status() == Review.Status.OPEN) {
                draft.put(
                        ReviewChange.CLOSED,
                        review,
                        new Review(
                                review.id(),
                                review.subjectId(),
                                review.question(),
                                review.candidates(),
                                Review.Status.CLOSED,
                                null),
                        evidence);
                review.candidates().forEach(candidate -> confirm(candidate.id(), evidence));
            }
        }
    }

    /** A candidate stands on its own once no open question names it. */
    private void confirm(UUID candidateId, Evidence evidence) {
        Agreement candidate = draft.agreement(candidateId);
        if (candidate.provisional() && candidate.listed() && !draft.namedByAnOpenReview(candidateId)) {
            Agreement confirmed = Images.confirmed(candidate);
            draft.put(AgreementChange.CONFIRMED, candidate, confirmed, evidence);
            grants.answer(confirmed, evidence);
        }
    }

    private static String stream(Agreement agreement) {
        return "agreement-" + agreement.id();
    }
}
