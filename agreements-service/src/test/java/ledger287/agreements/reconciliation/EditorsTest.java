package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.participating;
import static ledger287.agreements.reconciliation.Workbook.pending;
import static ledger287.agreements.reconciliation.Workbook.police;
import static ledger287.agreements.reconciliation.Workbook.sheriff;
import static ledger287.agreements.reconciliation.Workbook.stateAgency;
import static ledger287.agreements.vocabulary.SupportType.TASK_FORCE;
import static ledger287.agreements.vocabulary.SupportType.WARRANT_SERVICE_OFFICER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import ledger287.agreements.reconciliation.Workbook.Row;
import ledger287.agreements.roster.Agencies;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Corrections;
import ledger287.agreements.roster.Decision;
import ledger287.agreements.roster.DocumentedAgreements;
import ledger287.agreements.roster.Endings;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Precision;
import ledger287.agreements.roster.Retractions;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.ReviewDecisions;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.junit.jupiter.api.Test;

/** Editors' decisions on a ledger that workbooks have filled. */
class EditorsTest {
    private static final Fact.Editor EDITOR = new Fact.Editor("desk", "read the MOA", "https://example.org/moa");
    private static final Instant NOW = Instant.parse("2025-08-01T12:00:00Z");
    private static final Row BYSTANDER = sheriff(State.TX, "Quillmark", WARRANT_SERVICE_OFFICER, "2025-03-03");

    private final Ledger ledger = new Ledger();

    private List<Fact> accept(Decision decision) {
        Decision.Accepted accepted = assertInstanceOf(Decision.Accepted.class, decision);
        ledger.add(accepted.facts());
        return accepted.facts();
    }

    private static String reason(Decision decision) {
        return assertInstanceOf(Decision.Rejected.class, decision).reason();
    }

    private Agreement agreement(UUID id) {
        return ledger.roster().agreement(id).orElseThrow();
    }

    private Review underReview() {
        ledger.take(participating("2025-07-01", stateAgency(State.FL, "Heron Commission", "2025-02-14"), BYSTANDER));
        ledger.take(participating("2025-07-05", stateAgency(State.FL, "Bureau of Parkland", "2025-02-14"), BYSTANDER));
        return ledger.roster().reviews().stream().findFirst().orElseThrow();
    }

    private Decision decide(Review review, Review.Choice choice, boolean withCandidate) {
        UUID candidate = withCandidate ? review.candidates().getFirst().id() : null;
        return ReviewDecisions.decide(ledger.roster(), review.id(), choice, candidate, EDITOR, NOW);
    }

    @Test
    void same_as_lists_the_predecessor_again_with_the_candidates_values_and_retracts_the_candidate() {
        Review review = underReview();
        accept(decide(review, Review.Choice.SAME_AS, true));

        Agreement kept = agreement(review.subjectId());
        assertEquals(Agreement.Status.LISTED, kept.status());
        assertEquals("Bureau of Parkland", kept.agencyName());
        assertEquals(Instant.parse("2025-07-01T13:00:00Z"), kept.firstListedAt());
        assertEquals(
                Agreement.Status.RETRACTED,
                agreement(review.candidates().getFirst().id()).status());
        assertEquals(2, ledger.roster().listedAgreements().size());
        assertEquals(1, ledger.count(AgreementChange.RELABELLED));
        assertEquals(0, ledger.count(AgreementChange.UNLISTED));
    }

    @Test
    void after_the_decision_the_next_workbook_changes_nothing() {
        Review review = underReview();
        accept(decide(review, Review.Choice.SAME_AS, true));
        Reconciliation next = ledger.take(
                participating("2025-07-09", stateAgency(State.FL, "Bureau of Parkland", "2025-02-14"), BYSTANDER));
        assertEquals(1, next.facts().size());
    }

    @Test
    void unlisted_announces_the_departure_and_confirms_the_candidate() {
        Review review = underReview();
        accept(decide(review, Review.Choice.UNLISTED, false));

        assertEquals(Agreement.Status.UNLISTED, agreement(review.subjectId()).status());
        assertFalse(agreement(review.candidates().getFirst().id()).provisional());
    }

    @Test
    void an_application_of_the_candidate_waits_for_the_decision_and_is_granted_by_it() {
        ledger.take(pending("2025-06-20", stateAgency(State.FL, "Bureau of Parkland", "2025-02-14")));
        Review review = underReview();
        Application application = ledger.roster().applications().iterator().next();
        assertEquals(Application.Status.OPEN, application.status());
        accept(decide(review, Review.Choice.UNLISTED, false));

        Application granted = ledger.roster().application(application.id()).orElseThrow();
        assertEquals(Application.Status.GRANTED, granted.status());
        assertEquals(review.candidates().getFirst().id(), granted.agreementId());

        accept(ReviewDecisions.decide(
                ledger.roster(),
                review.id(),
                Review.Choice.SAME_AS,
                review.candidates().getFirst().id(),
                EDITOR,
                NOW.plusSeconds(60)));
        assertEquals(
                review.subjectId(),
                ledger.roster().application(application.id()).orElseThrow().agreementId());
    }

    @Test
    void a_decision_is_reversed_by_another_and_reversed_again() {
        Review review = underReview();
        accept(decide(review, Review.Choice.SAME_AS, true));
        assertInstanceOf(Decision.Unchanged.class, decide(review, Review.Choice.SAME_AS, true));
        List<Fact> facts = accept(ReviewDecisions.decide(
                ledger.roster(), review.id(), Review.Choice.UNLISTED, null, EDITOR, NOW.plusSeconds(60)));

        assertEquals("review-reversed", facts.getFirst().event().type());
        assertEquals(Agreement.Status.UNLISTED, agreement(review.subjectId()).status());
        assertEquals("Heron Commission", agreement(review.subjectId()).agencyName());
        Agreement candidate = agreement(review.candidates().getFirst().id());
        assertTrue(candidate.listed());
        assertFalse(candidate.provisional());
    }

    @Test
    void what_later_workbooks_have_changed_is_not_decided_over() {
        Review review = underReview();
        accept(decide(review, Review.Choice.UNLISTED, false));
        ledger.take(participating(
                "2025-07-09",
                stateAgency(State.FL, "Heron Commission", "2025-02-14"),
                stateAgency(State.FL, "Bureau of Parkland", "2025-02-14"),
                BYSTANDER));
        assertEquals("later_facts_stand_on_it", reason(decide(review, Review.Choice.SAME_AS, true)));
    }

    @Test
    void choices_that_do_not_fit_are_refused_with_a_reason() {
        Review review = underReview();
        assertEquals("choice_does_not_fit", reason(decide(review, Review.Choice.AS_LISTED, false)));
        assertEquals("not_a_candidate", reason(decide(review, Review.Choice.SAME_AS, false)));
        assertEquals(
                "unknown_review",
                reason(ReviewDecisions.decide(
                        ledger.roster(), new UUID(9, 9), Review.Choice.UNLISTED, null, EDITOR, NOW)));
    }

    @Test
    void an_ending_of_a_listed_agreement_is_kept_beside_it_until_its_row_goes() {
        ledger.take(participating("2025-07-01", sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13"), BYSTANDER));
        UUID id = idOf("Larkspur County Sheriff's Office");
        Agreement.Ending ending = new Agreement.Ending(
                LocalDate.parse("2025-07-01"), Precision.MONTH, null, null, Agreement.Ending.By.AGENCY, null);
        accept(Endings.end(ledger.roster(), id, ending, EDITOR, NOW));
        assertTrue(agreement(id).listed());
        assertInstanceOf(Decision.Unchanged.class, Endings.end(ledger.roster(), id, ending, EDITOR, NOW));

        ledger.take(participating("2025-08-05", BYSTANDER));
        assertEquals(Agreement.Status.ENDED, agreement(id).status());
        assertEquals(ending, agreement(id).ended());
    }

    @Test
    void nothing_ends_before_it_was_signed() {
        ledger.take(participating("2025-07-01", sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13"), BYSTANDER));
        UUID id = idOf("Larkspur County Sheriff's Office");
        assertEquals(
                "ended_before_signed",
                reason(Endings.end(
                        ledger.roster(),
                        id,
                        new Agreement.Ending(
                                LocalDate.parse("2024-01-01"),
                                Precision.YEAR,
                                null,
                                null,
                                Agreement.Ending.By.ICE,
                                null),
                        EDITOR,
                        NOW)));
    }

    @Test
    void documented_history_is_recorded_once_and_never_counts_as_listed() {
        var document = new DocumentedAgreements.Document(
                State.NC,
                "Fernhollow County Sheriff's Office",
                null,
                "Fernhollow County",
                null,
                LocalDate.parse("2006-01-01"),
                Precision.YEAR,
                new Agreement.Ending(
                        null,
                        Precision.UNKNOWN,
                        LocalDate.parse("2012-01-01"),
                        null,
                        Agreement.Ending.By.ICE,
                        "https://example.org"));
        ledger.take(participating(
                "2025-07-01", sheriff(State.NC, "Fernhollow", SupportType.JAIL_ENFORCEMENT, "2020-05-21"), BYSTANDER));
        accept(DocumentedAgreements.record(ledger.roster(), document, ledger::nextId, EDITOR, NOW));

        assertEquals(2, ledger.roster().listedAgreements().size());
        assertEquals(
                2,
                ledger.roster()
                        .agreementsOf(ledger.roster()
                                .agencyNamed(AgencyKey.of(State.NC, "Fernhollow County Sheriff's Office"))
                                .orElseThrow()
                                .id())
                        .size());
        assertInstanceOf(
                Decision.Unchanged.class,
                DocumentedAgreements.record(ledger.roster(), document, ledger::nextId, EDITOR, NOW));
    }

    @Test
    void a_correction_puts_a_value_in_place_once() {
        ledger.take(participating("2025-07-01", police(State.FL, "Harrowgate Police Department", "2025-04-14")));
        UUID id = idOf("Harrowgate Police Department");
        Corrections.Values values = new Corrections.Values(null, null, "Heron County", null, null, null);
        accept(Corrections.correct(ledger.roster(), id, values, EDITOR, NOW));
        assertEquals("Heron County", agreement(id).county());
        assertInstanceOf(Decision.Unchanged.class, Corrections.correct(ledger.roster(), id, values, EDITOR, NOW));
    }

    @Test
    void a_corrected_value_that_ice_repeats_is_a_change_of_ices_and_no_departure() {
        Row row = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        ledger.take(participating("2025-06-17", row));
        UUID id = idOf("Larkspur County Sheriff's Office");
        Corrections.Values values = new Corrections.Values(
                null, null, null, SupportType.JAIL_ENFORCEMENT, LocalDate.of(2024, 3, 1), Precision.DAY);
        accept(Corrections.correct(ledger.roster(), id, values, EDITOR, NOW));
        Reconciliation after = ledger.take(participating("2025-06-20", row));

        assertEquals(0, after.unexplained());
        assertEquals(0, after.report().changes().get("signed"));
        assertEquals(TASK_FORCE, agreement(id).supportType());
        assertEquals(LocalDate.of(2025, 6, 13), agreement(id).signedOn());
    }

    @Test
    void merged_agencies_are_one_and_both_names_find_it() {
        ledger.take(participating(
                "2025-07-01",
                police(State.FL, "City of St. Osmund Police Department", "2025-04-14"),
                police(State.FL, "St. Osmund Police Department", "2025-04-14")));
        UUID city = agency("City of St. Osmund Police Department");
        UUID plain = agency("St. Osmund Police Department");
        assertEquals(
                "name_taken",
                reason(Agencies.addAlias(
                        ledger.roster(), plain, State.FL, "City of St. Osmund Police Department", EDITOR, NOW)));
        accept(Agencies.merge(ledger.roster(), city, plain, EDITOR, NOW));

        assertEquals(plain, agency("City of St. Osmund Police Department"));
        assertEquals(
                Set.of(plain),
                ledger.roster().listedAgreements().stream()
                        .map(Agreement::agencyId)
                        .collect(Collectors.toSet()));
        assertInstanceOf(Decision.Unchanged.class, Agencies.merge(ledger.roster(), city, plain, EDITOR, NOW));
        accept(Agencies.addAlias(ledger.roster(), plain, State.FL, "Saint Osmund Police", EDITOR, NOW));
        assertEquals(plain, agency("Saint Osmund Police"));
    }

    @Test
    void a_retracted_import_leaves_the_ledger_as_it_was_and_names_every_event_it_takes_back() {
        Row row = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        ledger.take(pending("2025-06-10", sheriff(State.GA, "Mossbank", TASK_FORCE, "2025-06-18")));
        ledger.take(participating("2025-06-17", row, stateAgency(State.FL, "Heron Commission", "2025-02-14")));
        List<Agreement> before = List.copyOf(ledger.roster().listedAgreements());
        List<Application> applications = List.copyOf(ledger.roster().applications());
        int known = ledger.facts().size();

        Reconciliation wrong = ledger.take(participating(
                "2025-06-20",
                row.signed("2025-06-12"),
                stateAgency(State.FL, "Bureau of Parkland", "2025-02-14"),
                sheriff(State.GA, "Mossbank", TASK_FORCE, "2025-06-18")));
        List<Retractions.Recorded> recorded = new ArrayList<>();
        for (Fact fact : ledger.facts().subList(known, ledger.facts().size())) {
            recorded.add(new Retractions.Recorded(ledger.nextId(), fact));
        }
        List<Fact> taken =
                accept(Retractions.retractSheet(ledger.roster(), wrong.report().id(), recorded, EDITOR));

        assertEquals(Set.copyOf(before), Set.copyOf(ledger.roster().listedAgreements()));
        assertEquals(applications, List.copyOf(ledger.roster().applications()));
        assertEquals(
                recorded.stream().map(Retractions.Recorded::eventId).collect(Collectors.toSet()),
                taken.stream()
                        .map(fact -> Objects.requireNonNull(fact.retracts()))
                        .collect(Collectors.toSet()));
        assertEquals("sheet-retracted", taken.getLast().event().type());
        assertTrue(
                taken.stream()
                        .allMatch(fact -> fact.knownAt().equals(wrong.report().publishedAt())),
                "what the wrong workbook said of its day is no longer known of that day");
        assertTrue(ledger.roster().reviews().stream().noneMatch(review -> review.status() == Review.Status.OPEN));
        assertEquals(
                "2025-06-17 am",
                ledger.roster()
                        .newestSheet(SheetKind.PARTICIPATING)
                        .orElseThrow()
                        .publishedLabel());
        assertEquals(
                ImportedSheet.Status.RETRACTED,
                ledger.roster().sheet(wrong.report().id()).orElseThrow().status());
        assertNotNull(ledger.roster().sheetWithSha256(wrong.report().sha256()));

        Reconciliation again =
                ledger.take(participating("2025-06-20", row, stateAgency(State.FL, "Heron Commission", "2025-02-14")));
        assertEquals(1, again.facts().size(), "the right workbook finds everything as it was");
    }

    @Test
    void an_import_under_a_later_one_is_not_retracted() {
        Row row = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        Reconciliation first = ledger.take(participating("2025-06-17", row));
        List<Retractions.Recorded> recorded = ledger.facts().stream()
                .map(fact -> new Retractions.Recorded(ledger.nextId(), fact))
                .toList();
        ledger.take(participating("2025-06-20", row));
        assertEquals(
                "later_import",
                reason(Retractions.retractSheet(ledger.roster(), first.report().id(), recorded, EDITOR)));
    }

    @Test
    void an_import_whose_agreement_was_corrected_since_is_not_retracted() {
        Row row = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        Reconciliation first = ledger.take(participating("2025-06-17", row));
        List<Retractions.Recorded> recorded = ledger.facts().stream()
                .map(fact -> new Retractions.Recorded(ledger.nextId(), fact))
                .toList();
        accept(Corrections.correct(
                ledger.roster(),
                idOf("Larkspur County Sheriff's Office"),
                new Corrections.Values(null, null, "Lark County", null, null, null),
                EDITOR,
                NOW));
        assertEquals(
                "later_facts_stand_on_it",
                reason(Retractions.retractSheet(ledger.roster(), first.report().id(), recorded, EDITOR)));
    }

    @Test
    void an_application_lapses_by_a_document_only_while_it_is_not_granted() {
        ledger.take(pending("2025-06-10", sheriff(State.GA, "Mossbank", TASK_FORCE, "2025-06-18")));
        UUID id = ledger.roster().applications().iterator().next().id();
        accept(Endings.lapse(ledger.roster(), id, EDITOR, NOW));
        assertEquals(
                Application.Status.LAPSED,
                ledger.roster().application(id).orElseThrow().status());
        assertInstanceOf(Decision.Unchanged.class, Endings.lapse(ledger.roster(), id, EDITOR, NOW));
    }

    @Test
    void every_editors_fact_says_who_and_why_and_is_known_from_its_recording() {
        Review review = underReview();
        for (Fact fact : accept(decide(review, Review.Choice.SAME_AS, true))) {
            assertEquals(EDITOR, fact.editor());
            assertEquals(NOW, fact.knownAt());
            assertEquals("editor", Objects.requireNonNull(fact.evidence()).tier());
            assertFalse(fact.event() instanceof RosterEvent.SheetEvent);
        }
    }

    private UUID idOf(String name) {
        return ledger.roster().listedAgreements().stream()
                .filter(agreement -> agreement.agencyName().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private UUID agency(String name) {
        return ledger.roster()
                .agencyNamed(AgencyKey.of(State.FL, name))
                .orElseThrow()
                .id();
    }
}
