package ledger287.agreements.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.vocabulary.FoldedName;
import org.jspecify.annotations.Nullable;

/**
 * What a person's answer to a review changes. An answer can be given again: the earlier one is then taken back first,
 * as long as nothing later stands on it.
 */
public final class ReviewDecisions {
    private ReviewDecisions() {}

    /**
     * @param candidateId the chosen candidate, for {@link Review.Choice#SAME_AS} only
     * @param editor who decides and why
     */
    public static Decision decide(
            Roster roster,
            UUID reviewId,
            Review.Choice choice,
            @Nullable UUID candidateId,
            Fact.Editor editor,
            Instant now) {
        Optional<Review> found = roster.review(reviewId);
        if (found.isEmpty()) {
            return new Decision.Rejected("unknown_review", "There is no review " + reviewId + ".");
        }
        Review review = found.get();
        return switch (review.status()) {
            case OPEN, REVERSED -> new Deciding(roster, review, editor, now).decide(choice, candidateId);
            case CLOSED ->
                new Decision.Rejected(
                        "review_closed", "A later workbook has settled this review; there is nothing to decide.");
            case DECIDED -> decideAnew(roster, review, choice, candidateId, editor, now);
        };
    }

    private static Decision decideAnew(
            Roster roster,
            Review review,
            Review.Choice choice,
            @Nullable UUID candidateId,
            Fact.Editor editor,
            Instant now) {
        Review.Decision earlier = Objects.requireNonNull(review.decision());
        if (earlier.choice() == choice && Objects.equals(earlier.candidateId(), candidateId)) {
            return new Decision.Unchanged("The review is decided so already.");
        }
        List<Fact> undone = new ArrayList<>();
        Review reversed = with(review, Review.Status.REVERSED, earlier);
        EditorsAct act = new EditorsAct(roster, editor, now);
        undone.add(act.fact(
                new RosterEvent.ReviewEvent(ReviewChange.REVERSED, review, reversed),
                review.subjectId(),
                "The decision of " + earlier.by() + " is taken back.",
                editor.reason()));
        List<UUID> touched = new ArrayList<>();
        touched.add(review.subjectId());
        review.candidates().forEach(candidate -> touched.add(candidate.id()));
        for (UUID id : touched) {
            Optional<Fact> newest = roster.newestFactOf(id);
            if (newest.isEmpty() || !(newest.get().event() instanceof RosterEvent.AgreementEvent event)) {
                continue;
            }
            if (belongsTo(newest.get(), earlier) && event.before() != null) {
                undone.add(act.fact(
                        new RosterEvent.AgreementEvent(
                                AgreementChange.CORRECTED, /* before= */ event.after(), /* after= */ event.before()),
                        id,
                        "As it was before the decision that is taken back."));
                undone.addAll(applicationsBack(roster, act, id, earlier));
            } else if (id.equals(review.subjectId()) && earlier.choice() != Review.Choice.AS_LISTED) {
                return new Decision.Rejected(
                        "later_facts_stand_on_it",
                        "The agreement has changed since that decision; correct it directly instead.");
            }
        }
        Roster before = roster.copy();
        undone.forEach(before::replay);
        return switch (new Deciding(before, reversed, editor, now).decide(choice, candidateId)) {
            case Decision.Accepted accepted -> {
                undone.addAll(accepted.facts());
                yield new Decision.Accepted(undone);
            }
            case Decision.Rejected rejected -> rejected;
            case Decision.Unchanged unchanged -> unchanged;
        };
    }

    private static List<Fact> applicationsBack(
            Roster roster, EditorsAct act, UUID agreementId, Review.Decision earlier) {
        List<Fact> facts = new ArrayList<>();
        for (Application application : roster.applicationsAnsweredBy(agreementId)) {
            Optional<Fact> newest = roster.newestFactOf(application.id());
            if (newest.isPresent()
                    && belongsTo(newest.get(), earlier)
                    && newest.get().event() instanceof RosterEvent.ApplicationEvent event
                    && event.before() != null) {
                facts.add(act.fact(
                        new RosterEvent.ApplicationEvent(
                                ApplicationChange.CORRECTED, /* before= */ event.after(), /* after= */ event.before()),
                        application.id(),
                        "As it was before the decision that is taken back."));
            }
        }
        return facts;
    }

    private static boolean belongsTo(Fact fact, Review.Decision decision) {
        return fact.editor() != null && fact.knownAt().equals(decision.at());
    }

    private static Review with(Review review, Review.Status status, Review.@Nullable Decision decision) {
        return new Review(review.id(), review.subjectId(), review.question(), review.candidates(), status, decision);
    }

    /** One answer, of an undecided review. */
    private static final class Deciding {
        private final Roster roster;
        private final Review review;
        private final EditorsAct act;
        private final List<Fact> facts = new ArrayList<>();

        Deciding(Roster roster, Review review, Fact.Editor editor, Instant now) {
            this.roster = roster;
            this.review = review;
            this.act = new EditorsAct(roster, editor, now);
        }

        Decision decide(Review.Choice choice, @Nullable UUID candidateId) {
            decided(choice, candidateId);
            boolean aboutCells = review.candidates().isEmpty();
            return switch (choice) {
                case AS_LISTED ->
                    aboutCells
                            ? new Decision.Accepted(facts)
                            : new Decision.Rejected(
                                    "choice_does_not_fit",
                                    "The row has left the list: choose same_as with a candidate, or unlisted.");
                case UNLISTED -> aboutCells ? doesNotFitCells() : unlisted();
                case SAME_AS -> aboutCells ? doesNotFitCells() : sameAs(candidateId);
            };
        }

        private static Decision doesNotFitCells() {
            return new Decision.Rejected(
                    "choice_does_not_fit",
                    "This review is about cells that cannot be read: choose as_listed, or correct the agreement.");
        }

        private void decided(Review.Choice choice, @Nullable UUID candidateId) {
            Review.Decision decision = new Review.Decision(
                    choice,
                    candidateId,
                    act.editor().by(),
                    act.now(),
                    act.editor().reason());
            facts.add(act.fact(
                    new RosterEvent.ReviewEvent(
                            ReviewChange.DECIDED, review, with(review, Review.Status.DECIDED, decision)),
                    review.subjectId(),
                    act.editor().reason()));
        }

        private Decision unlisted() {
            Agreement subject = roster.agreement(review.subjectId()).orElseThrow();
            if (subject.status() != Agreement.Status.UNDER_REVIEW) {
                return movedOn();
            }
            put(
                    AgreementChange.UNLISTED,
                    subject,
                    AgreementImages.withStatus(subject, Agreement.Status.UNLISTED),
                    act.editor().reason());
            confirmCandidates(null);
            return new Decision.Accepted(facts);
        }

        private Decision sameAs(@Nullable UUID candidateId) {
            boolean isCandidate =
                    review.candidates().stream().anyMatch(known -> known.id().equals(candidateId));
            if (candidateId == null || !isCandidate) {
                return new Decision.Rejected(
                        "not_a_candidate", "Choose one of the review's candidates by its id, or unlisted.");
            }
            Agreement subject = roster.agreement(review.subjectId()).orElseThrow();
            Agreement candidate = roster.agreement(candidateId).orElseThrow();
            if (subject.status() != Agreement.Status.UNDER_REVIEW || !candidate.listed()) {
                return movedOn();
            }
            if (candidate.provisional()) {
                merge(subject, candidate);
            } else {
                // It was listed beside the subject, so the subject was the same agreement listed twice.
                put(
                        AgreementChange.DUPLICATE_REMOVED,
                        subject,
                        AgreementImages.withStatus(subject, Agreement.Status.DUPLICATE_REMOVED),
                        "The same agreement as the one that stays listed.");
            }
            confirmCandidates(candidateId);
            return new Decision.Accepted(facts);
        }

        private Decision movedOn() {
            return new Decision.Rejected(
                    "review_overtaken", "Later workbooks have changed the agreements in question; look at them anew.");
        }

        private void merge(Agreement subject, Agreement candidate) {
            if (!roster.survivor(subject.agencyId()).equals(roster.survivor(candidate.agencyId()))) {
                link(subject.agencyId(), candidate.agencyId(), Agency.Relation.Kind.RELABELLED_TO);
                link(candidate.agencyId(), subject.agencyId(), Agency.Relation.Kind.RELABELLED_FROM);
            }
            put(
                    AgreementChange.RETRACTED,
                    candidate,
                    AgreementImages.withStatus(candidate, Agreement.Status.RETRACTED),
                    "Not an agreement of its own: it continues " + subject.agencyName() + ".",
                    act.editor().reason());
            Agreement continued = AgreementImages.continuedBy(subject, candidate);
            put(
                    change(subject, continued),
                    subject,
                    continued,
                    "Its row is the one that now names " + candidate.agencyName() + ".",
                    act.editor().reason());
            for (Application application : roster.applicationsAnsweredBy(candidate.id())) {
                facts.add(act.fact(
                        new RosterEvent.ApplicationEvent(
                                ApplicationChange.CORRECTED,
                                application,
                                ApplicationImages.answeredBy(application, subject.id())),
                        application.id(),
                        "Answered by the agreement that the decision keeps."));
            }
            if (roster.applicationsAnsweredBy(candidate.id()).isEmpty()) {
                grant(subject.id(), candidate);
            }
        }

        private void link(UUID from, UUID to, Agency.Relation.Kind kind) {
            Agency agency = roster.agency(roster.survivor(from)).orElseThrow();
            Agency.Relation relation = new Agency.Relation(roster.survivor(to), kind);
            if (agency.related().contains(relation)) {
                return;
            }
            List<Agency.Relation> related = new ArrayList<>(agency.related());
            related.add(relation);
            facts.add(act.fact(
                    new RosterEvent.AgencyEvent(
                            AgencyChange.LINKED,
                            agency,
                            new Agency(
                                    agency.id(),
                                    agency.state(),
                                    agency.name(),
                                    agency.type(),
                                    agency.county(),
                                    agency.aliases(),
                                    agency.mergedInto(),
                                    related)),
                    agency.id(),
                    act.editor().reason()));
        }

        private static AgreementChange change(Agreement before, Agreement after) {
            if (!before.agencyId().equals(after.agencyId())) {
                return before.state() == after.state() ? AgreementChange.RELABELLED : AgreementChange.STATE_CHANGED;
            }
            if (!FoldedName.of(before.agencyName()).equals(FoldedName.of(after.agencyName()))) {
                return AgreementChange.RENAMED;
            }
            return Objects.equals(before.signedOn(), after.signedOn())
                    ? AgreementChange.RELISTED
                    : AgreementChange.DATE_CHANGED;
        }

        /** Candidates that were not chosen stand on their own, unless another open review names them. */
        private void confirmCandidates(@Nullable UUID chosen) {
            for (Review.Candidate other : review.candidates()) {
                Agreement agreement = roster.agreement(other.id()).orElseThrow();
                boolean named = roster.reviews().stream()
                        .anyMatch(open -> open.status() == Review.Status.OPEN
                                && !open.id().equals(review.id())
                                && open.candidates().stream()
                                        .anyMatch(candidate -> candidate.id().equals(other.id())));
                if (!other.id().equals(chosen) && agreement.provisional() && !named) {
                    put(
                            AgreementChange.CONFIRMED,
                            agreement,
                            AgreementImages.confirmed(agreement),
                            "An agreement of its own, by the decision of the review.");
                    grant(agreement.id(), agreement);
                }
            }
        }

        /** While it was provisional, the candidate answered nothing; now the application of its agency is granted. */
        private void grant(UUID agreementId, Agreement candidate) {
            if (!roster.applicationsAnsweredBy(agreementId).isEmpty()) {
                return;
            }
            roster.applicationsOf(roster.survivor(candidate.agencyId())).stream()
                    .filter(application -> application.supportType() == candidate.supportType())
                    .filter(application -> application.status() == Application.Status.OPEN
                            || application.status() == Application.Status.AWAITING_OUTCOME)
                    .min(Comparator.comparing(Application::firstListedAt))
                    .ifPresent(application -> facts.add(act.fact(
                            new RosterEvent.ApplicationEvent(
                                    ApplicationChange.GRANTED,
                                    application,
                                    ApplicationImages.grantedBy(application, agreementId)),
                            application.id(),
                            "The agency and support type of the application are the agreement's that the review was"
                                    + " about.")));
        }

        private void put(AgreementChange change, Agreement before, Agreement after, String... words) {
            facts.add(act.fact(new RosterEvent.AgreementEvent(change, before, after), before.id(), words));
        }
    }
}
