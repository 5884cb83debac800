package ledger287.agreements.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Which agreement answers which application: agency and support type must agree, and each answers one. */
final class Grants {
    private final Draft draft;

    Grants(Draft draft) {
        this.draft = draft;
    }

    private record StateSupport(
            @Nullable State state, @Nullable SupportType support) {}

    /**
     * The applications that new rows answer under another name than they were filed under. Only names that differ in
     * form, only where neither side has a counterpart under its own name, and only one to one.
     */
    Map<Entry, Application> underAnotherName(List<Entry> appeared, Set<AgencyKey> keysNow) {
        Map<StateSupport, List<Application>> open = new HashMap<>();
        for (Application application : draft.roster().applications()) {
            AgencyKey key = AgencyKey.of(application.state(), application.agencyName());
            if (awaits(application) && !keysNow.contains(key) && !holdsAgreement(application)) {
                open.computeIfAbsent(
                                new StateSupport(application.state(), application.supportType()),
                                absent -> new ArrayList<>())
                        .add(application);
            }
        }
        if (open.isEmpty()) {
            return Map.of();
        }
        Map<Entry, Application> found = new HashMap<>();
        Map<UUID, Integer> wanted = new HashMap<>();
        for (Entry entry : appeared) {
            if (ownOpen(entry).isPresent()) {
                continue;
            }
            List<Application> candidates =
                    open.getOrDefault(new StateSupport(entry.cells().state(), entry.support()), List.of()).stream()
                            .filter(application -> differInForm(
                                    application.agencyName(), application.county(),
                                    entry.cells().agencyName(), entry.cells().county()))
                            .toList();
            candidates.forEach(application -> wanted.merge(application.id(), 1, Integer::sum));
            if (candidates.size() == 1) {
                found.put(entry, candidates.getFirst());
            }
        }
        found.values().removeIf(application -> wanted.getOrDefault(application.id(), 0) > 1);
        return found;
    }

    static boolean differInForm(
            String oneName, @Nullable String oneCounty, String otherName, @Nullable String otherCounty) {
        NameComparison names = NameComparison.of(oneName, otherName);
        boolean counties = oneCounty == null
                || otherCounty == null
                || NameComparison.of(oneCounty, otherCounty).verdict().compareTo(NameComparison.Verdict.TYPO) <= 0;
        return names.verdict() == NameComparison.Verdict.FORM && !names.countyDropped() && counties;
    }

    private boolean holdsAgreement(Application application) {
        return draft.roster().agreementsOf(draft.roster().survivor(application.agencyId())).stream()
                .anyMatch(agreement -> agreement.listed() && agreement.supportType() == application.supportType());
    }

    private Optional<Application> ownOpen(Entry entry) {
        return draft.agencyNamed(entry.key()).flatMap(agency -> open(agency.id(), entry.support()));
    }

    private Optional<Application> open(UUID agencyId, @Nullable SupportType support) {
        return draft.applicationsOf(agencyId).stream()
                .filter(application -> awaits(application) && application.supportType() == support)
                .min(Comparator.comparing(Application::firstListedAt));
    }

    private static boolean awaits(Application application) {
        return application.status() == Application.Status.OPEN
                || application.status() == Application.Status.AWAITING_OUTCOME;
    }

    /** Grants the application that the agreement's agency filed for its support type, if it awaits an answer. */
    void answer(Agreement agreement, Evidence evidence) {
        boolean answersAlready = draft.roster().applicationsAnsweredBy(agreement.id()).stream()
                .map(known -> draft.application(known.id()))
                .anyMatch(application -> agreement.id().equals(application.agreementId()));
        if (!answersAlready) {
            open(agreement.agencyId(), agreement.supportType())
                    .ifPresent(application -> grant(application, agreement, evidence));
        }
    }

    void answer(Agreement agreement, Entry entry) {
        answer(
                agreement,
                draft.shown(
                        entry.row(),
                        Tier.GRANTED,
                        Confidence.CERTAIN,
                        List.of("The agency and support type of the application appear among the agreements, signed "
                                + agreement.signedOn() + ".")));
    }

    /** Grants an application that was filed under another name. */
    void answerUnderAnotherName(Application application, Agreement agreement, Entry entry) {
        grant(
                draft.application(application.id()),
                agreement,
                draft.shown(
                        entry.row(),
                        Tier.GRANTED_UNDER_ANOTHER_NAME,
                        Confidence.PROBABLE,
                        List.of(
                                "Applied as “" + application.agencyName() + "”, listed as “" + agreement.agencyName()
                                        + "”.",
                                "Same state and support type; the names differ in form only, and no other row or application"
                                        + " comes close.")));
    }

    /** @param evidence the row that completes the picture */
    void grant(Application application, Agreement agreement, Evidence evidence) {
        draft.put(
                ApplicationChange.GRANTED,
                application,
                Images.answered(application, Application.Status.GRANTED, agreement.id()),
                latest(draft.publishedAt(), application.firstListedAt(), agreement.firstListedAt()),
                evidence);
    }

    /**
     * The agreement that answers an application filed now: one that its agency holds for the support type already, or
     * came to hold after, when the workbooks are imported out of order.
     */
    Optional<Agreement> answerTo(Application filed) {
        return draft.roster().agreementsOf(draft.roster().survivor(filed.agencyId())).stream()
                .filter(agreement -> agreement.supportType() == filed.supportType())
                .filter(agreement -> agreement.listed() || signedLater(agreement, filed))
                .min(Comparator.<Agreement, Boolean>comparing(agreement -> !draft.roster()
                                .applicationsAnsweredBy(agreement.id())
                                .isEmpty())
                        .thenComparing(agreement -> !agreement.listed()));
    }

    private static boolean signedLater(Agreement agreement, Application filed) {
        return agreement.status() != Agreement.Status.RETRACTED
                && agreement.firstListedAt() != null
                && agreement.firstListedAt().isAfter(filed.firstListedAt());
    }

    /** The agreement that answers an application under another name; the mirror of {@link #underAnotherName}. */
    Optional<Agreement> answerUnderAnotherName(Entry filed, Set<AgencyKey> keysNow) {
        Roster roster = draft.roster();
        List<Agreement> candidates = roster.listedAgreements().stream()
                .filter(agreement ->
                        agreement.state() == filed.cells().state() && agreement.supportType() == filed.support())
                .filter(agreement -> !keysNow.contains(AgencyKey.of(agreement.state(), agreement.agencyName())))
                .filter(agreement ->
                        roster.applicationsAnsweredBy(agreement.id()).isEmpty())
                .filter(agreement -> differInForm(
                        filed.cells().agencyName(), filed.cells().county(), agreement.agencyName(), agreement.county()))
                .toList();
        Set<UUID> agencies = new HashSet<>();
        candidates.forEach(agreement -> agencies.add(agreement.agencyId()));
        return agencies.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    private static Instant latest(Instant one, Instant other, @Nullable Instant third) {
        Instant latest = one.isAfter(other) ? one : other;
        return third != null && third.isAfter(latest) ? third : latest;
    }
}
