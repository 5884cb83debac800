package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.participating;
import static ledger287.agreements.reconciliation.Workbook.pending;
import static ledger287.agreements.reconciliation.Workbook.police;
import static ledger287.agreements.reconciliation.Workbook.sheriff;
import static ledger287.agreements.reconciliation.Workbook.stateAgency;
import static ledger287.agreements.vocabulary.SupportType.JAIL_ENFORCEMENT;
import static ledger287.agreements.vocabulary.SupportType.TASK_FORCE;
import static ledger287.agreements.vocabulary.SupportType.WARRANT_SERVICE_OFFICER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.reconciliation.Workbook.Row;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.vocabulary.State;
import org.junit.jupiter.api.Test;

/** What ICE did to its workbooks in later weeks, with names made up. */
class LaterWeeksTest {
    private final Ledger ledger = new Ledger();

    private static final Row BYSTANDER = sheriff(State.TX, "Quillmark", WARRANT_SERVICE_OFFICER, "2025-03-03");

    private void assertNoDeparture() {
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED), "no departure is announced");
        assertEquals(List.of(), ledger.names(AgreementChange.PUT_UNDER_REVIEW), "nobody is asked");
    }

    private Agreement only(String agency) {
        List<Agreement> found = ledger.roster().listedAgreements().stream()
                .filter(agreement -> agreement.agencyName().equals(agency))
                .toList();
        assertEquals(1, found.size(), agency);
        return found.getFirst();
    }

    private UUID idOf(String agency) {
        return only(agency).id();
    }

    @Test
    void the_addendum_column_appears_and_nothing_else_changes() {
        Row row = police(State.FL, "Harrowgate Police Department", "2025-04-14").moa("HarrowgatePDFL_TFM_MOA.pdf");
        ledger.take(participating("2025-06-27", row, BYSTANDER));
        Reconciliation after =
                ledger.take(participating("2025-07-01", row.addendum("HarrowgatePDFL_Addendum.pdf"), BYSTANDER));

        assertEquals(1, after.report().changes().get("attribute_changed"));
        assertEquals("posted", only("Harrowgate Police Department").addendum().status());
        assertNoDeparture();
    }

    @Test
    void a_reissue_with_24_more_rows_brings_24_agreements() {
        List<Row> rows = new ArrayList<>(List.of(BYSTANDER));
        ledger.take(participating("2025-07-02", rows));
        for (int i = 0; i < 24; i++) {
            rows.add(police(State.GA, "Town" + (char) ('a' + i) + "ville Police Department", "2025-06-30"));
        }
        Reconciliation reissue = ledger.take(participating("2025-07-02", rows));

        assertEquals(24, reissue.report().changes().get("signed"));
        assertNoDeparture();
    }

    @Test
    void a_state_that_could_not_be_read_is_corrected_six_days_later() {
        Row row = stateAgency(State.UT, "Salt Basin Department of Corrections", "2025-05-12");
        ledger.take(participating("2025-07-03", row.in(null).doubt("STATE 'UTAAHJ'"), BYSTANDER));
        ledger.take(participating("2025-07-09", row, BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.STATE_CHANGED));
        assertEquals(State.UT, only("Salt Basin Department of Corrections").state());
        assertEquals(
                List.of(Review.Status.CLOSED),
                ledger.roster().reviews().stream().map(Review::status).toList());
        assertNoDeparture();
    }

    @Test
    void an_agreement_filed_under_the_wrong_state_moves_and_its_application_confirms_it() {
        Row row = sheriff(State.ND, "Windreach", TASK_FORCE, "2025-06-13");
        ledger.take(pending("2025-06-10", row.in(State.SD)));
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating("2025-06-20", row.in(State.SD), BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.STATE_CHANGED));
        assertEquals(
                List.of(Application.Status.GRANTED),
                ledger.roster().applications().stream().map(Application::status).toList());
        assertNoDeparture();
    }

    @Test
    void a_row_listed_lately_moves_to_another_state_without_any_application_known() {
        Row row = police(State.TN, "Oldmoor Police Department", "2025-06-13");
        ledger.take(participating("2025-06-12", BYSTANDER));
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        UUID id = idOf("Oldmoor Police Department");
        ledger.take(participating("2025-06-20", row.in(State.TX), BYSTANDER));

        assertEquals(id, idOf("Oldmoor Police Department"));
        assertEquals(1, ledger.count(AgreementChange.STATE_CHANGED));
        assertNoDeparture();
    }

    @Test
    void a_name_of_many_states_moves_soon_after_it_was_listed_and_not_later() {
        Row row = sheriff(State.PA, "Ashmere", TASK_FORCE, "2025-03-12");
        Row namesake = sheriff(State.OH, "Ashmere", WARRANT_SERVICE_OFFICER, "2024-03-12");
        ledger.take(participating("2025-03-01", namesake));
        ledger.take(participating("2025-03-17", namesake, row));
        ledger.take(participating("2025-06-20", namesake, row.in(State.VA)));

        assertEquals(0, ledger.count(AgreementChange.STATE_CHANGED));
        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
    }

    @Test
    void a_name_of_one_state_only_may_move_months_later() {
        Row row = sheriff(State.PA, "Ashmere", TASK_FORCE, "2025-03-12");
        ledger.take(participating("2025-03-01", BYSTANDER));
        ledger.take(participating("2025-03-17", BYSTANDER, row));
        ledger.take(participating("2025-06-20", BYSTANDER, row.in(State.VA)));

        assertEquals(1, ledger.count(AgreementChange.STATE_CHANGED));
        assertNoDeparture();
    }

    @Test
    void a_row_of_unknown_age_that_seems_to_move_to_another_state_is_for_a_person_to_judge() {
        Row row = police(State.TN, "Oldmoor Police Department", "2025-02-13");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating("2025-06-20", row.in(State.TX), BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void a_county_of_the_same_name_in_another_state_is_no_move_while_the_sheriff_still_holds_another_agreement() {
        Row wso = sheriff(State.PA, "Ashmere", WARRANT_SERVICE_OFFICER, "2025-03-03");
        Row task = sheriff(State.PA, "Ashmere", TASK_FORCE, "2025-06-12");
        ledger.take(participating("2025-06-17", wso, task));
        ledger.take(participating("2025-06-20", wso, task.in(State.VA)));

        assertEquals(0, ledger.count(AgreementChange.STATE_CHANGED));
        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void three_renames_in_two_weeks_by_moa_file_alone_are_one_agreement() {
        Row row = sheriff(State.FL, "Pelicanbay", TASK_FORCE, "2025-02-26").moa("PelicanbayFL_TFM_MOA_02262025.pdf");
        ledger.take(participating("2025-07-01", row, BYSTANDER));
        UUID id = idOf("Pelicanbay County Sheriff's Office");
        for (String[] next : new String[][] {
            {"2025-07-05", "Board of County Commissioners of Pelicanbay"},
            {"2025-07-09", "Heron Coast Law Enforcement Council"},
            {"2025-07-14", "Gulfshore Joint Task Office"}
        }) {
            ledger.take(participating(next[0], row.named(next[1]), BYSTANDER));
            assertEquals(id, idOf(next[1]));
        }
        assertEquals(3, ledger.count(AgreementChange.RELABELLED));
        Agency last = ledger.roster()
                .agencyNamed(AgencyKey.of(State.FL, "Gulfshore Joint Task Office"))
                .orElseThrow();
        assertEquals(
                List.of(Agency.Relation.Kind.RELABELLED_FROM),
                last.related().stream().map(Agency.Relation::kind).toList());
        assertNoDeparture();
    }

    @Test
    void a_name_that_goes_wrong_and_comes_back_is_one_agreement_of_one_agency() {
        Row row = police(State.FL, "Indigoatlantic Police Department", "2025-05-13");
        ledger.take(participating("2025-05-16", row, BYSTANDER));
        UUID id = idOf("Indigoatlantic Police Department");
        UUID agency = only("Indigoatlantic Police Department").agencyId();
        ledger.take(participating("2025-05-19", row.named("Indigotlantic Police Department"), BYSTANDER));
        ledger.take(participating("2025-05-25", row, BYSTANDER));

        assertEquals(id, idOf("Indigoatlantic Police Department"));
        assertEquals(agency, only("Indigoatlantic Police Department").agencyId());
        assertEquals(2, ledger.count(AgreementChange.RENAMED));
        Agency found = ledger.roster()
                .agencyNamed(AgencyKey.of(State.FL, "Indigotlantic Police Department"))
                .orElseThrow();
        assertEquals("Indigoatlantic Police Department", found.name());
        assertNoDeparture();
    }

    @Test
    void a_label_that_goes_wrong_and_comes_back_is_one_agreement() {
        Row row = sheriff(State.FL, "Tidewell", TASK_FORCE, "2025-02-26").moa("TidewellCoFL_TFM_MOA_02262025.pdf");
        ledger.take(participating("2025-07-01", row, BYSTANDER));
        UUID id = idOf("Tidewell County Sheriff's Office");
        ledger.take(participating("2025-07-05", row.named("Tidewell Board of Commissioners"), BYSTANDER));
        ledger.take(participating("2025-07-09", row, BYSTANDER));

        assertEquals(id, idOf("Tidewell County Sheriff's Office"));
        assertNoDeparture();
    }

    @Test
    void a_row_listed_twice_and_once_again_loses_a_duplicate_and_no_agreement() {
        Row row = sheriff(State.TX, "Bluestem", WARRANT_SERVICE_OFFICER, "2025-05-06");
        ledger.take(participating("2025-07-01", row, BYSTANDER));
        Reconciliation doubled = ledger.take(participating("2025-07-05", row, row, BYSTANDER));
        assertEquals(1, doubled.report().changes().get("signed"));
        assertTrue(doubled.report().differences().stream()
                .anyMatch(difference -> difference.kind().equals("possible_duplicates")));
        Reconciliation single = ledger.take(participating("2025-07-09", row, BYSTANDER));

        assertEquals(1, single.report().changes().get("duplicate_removed"));
        assertEquals(0, single.unexplained());
        assertNoDeparture();
    }

    @Test
    void of_two_rows_that_differ_in_city_of_alone_one_may_go_as_a_duplicate() {
        Row city = police(State.FL, "City of St. Osmund Police Department", "2025-04-14");
        Row plain = police(State.FL, "St. Osmund Police Department", "2025-04-14");
        ledger.take(participating("2025-07-01", city, plain));
        assertEquals(2, ledger.roster().agencies().size());
        ledger.take(participating("2025-07-05", plain));

        assertEquals(1, ledger.count(AgreementChange.DUPLICATE_REMOVED));
        assertNoDeparture();
    }

    @Test
    void sent_back_to_pending_when_the_pending_workbook_came_first() {
        Row row = sheriff(State.MS, "Cottonwick", TASK_FORCE, "2025-06-13");
        ledger.take(pending("2025-06-10", row));
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(pending("2025-06-17"));
        ledger.take(pending("2025-06-24", row));
        ledger.take(participating("2025-06-24", BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.RETURNED_TO_PENDING));
        assertNoDeparture();
        Application application =
                ledger.roster().applications().stream().findFirst().orElseThrow();
        assertEquals(Application.Status.OPEN, application.status());
        assertTrue(application.listed());

        ledger.take(participating("2025-07-01", row, BYSTANDER));
        assertEquals(1, ledger.count(AgreementChange.RELISTED));
        assertEquals(
                Application.Status.GRANTED,
                ledger.roster().application(application.id()).orElseThrow().status());
    }

    @Test
    void sent_back_to_pending_when_the_participating_workbook_came_first() {
        Row row = sheriff(State.MS, "Cottonwick", TASK_FORCE, "2025-06-13");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(pending("2025-06-17"));
        ledger.take(participating("2025-06-24", BYSTANDER));
        ledger.take(pending("2025-06-24", row));

        assertEquals(1, ledger.count(AgreementChange.RETURNED_TO_PENDING));
        assertEquals(
                List.of(Application.Status.OPEN),
                ledger.roster().applications().stream().map(Application::status).toList());
    }

    @Test
    void a_state_agency_relabelled_as_another_whose_file_it_had_come_to_carry_is_for_a_person_to_judge() {
        Row wildlife = stateAgency(State.FL, "Florida Marsh and Heron Commission", "2025-02-14")
                .moa("FloridaMarshHeronCommission_TFM_MOA_02142025.pdf");
        Row parks = stateAgency(State.FL, "Florida Department of Parkland Protection", "2025-04-24")
                .moa("FloridaDeptParklandProtection_TFM_MOA_04252025.pdf");
        ledger.take(participating("2025-06-20", wildlife, parks, BYSTANDER));
        Row carrying = wildlife.moa("FloridaDeptParklandProtection_TFM_MOA_04252025.pdf");
        ledger.take(participating("2025-06-27", carrying, parks, BYSTANDER));
        assertNoDeparture();

        Row relabelled = carrying.named("Florida Department of Parkland Protection Division of Law Enforcement");
        ledger.take(participating("2025-07-03", relabelled, parks, BYSTANDER));

        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
        assertEquals(0, ledger.count(AgreementChange.RELABELLED));
        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        Review review = ledger.roster().reviews().stream().findFirst().orElseThrow();
        assertEquals(1, review.candidates().size());
        Agreement candidate =
                ledger.roster().agreement(review.candidates().getFirst().id()).orElseThrow();
        assertTrue(candidate.provisional());
        assertTrue(candidate.listed());
    }

    @Test
    void a_row_that_came_to_carry_another_agencys_file_alone_is_no_proof_either() {
        Row wildlife = stateAgency(State.FL, "Florida Marsh and Heron Commission", "2025-02-14")
                .moa("FloridaMarshHeronCommission_TFM_MOA_02142025.pdf");
        ledger.take(participating("2025-06-20", wildlife, BYSTANDER));
        Row carrying = wildlife.moa("FloridaDeptParklandProtection_TFM_MOA_04252025.pdf");
        ledger.take(participating("2025-06-27", carrying, BYSTANDER));
        ledger.take(
                participating("2025-07-03", carrying.named("Florida Department of Parkland Protection"), BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void if_both_rows_that_carried_the_file_become_one_a_person_judges_both() {
        Row wildlife = stateAgency(State.FL, "Florida Marsh and Heron Commission", "2025-02-14")
                .moa("FloridaDeptParklandProtection_TFM_MOA_04252025.pdf");
        Row parks = stateAgency(State.FL, "Florida Department of Parkland Protection", "2025-04-24")
                .moa("FloridaDeptParklandProtection_TFM_MOA_04252025.pdf");
        ledger.take(participating("2025-06-27", wildlife, parks, BYSTANDER));
        ledger.take(participating("2025-07-03", parks.signed("2025-02-14"), BYSTANDER));

        assertEquals(2, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void a_row_under_review_that_returns_ends_the_question() {
        Row heron = stateAgency(State.FL, "Heron Commission", "2025-02-14");
        Row other = stateAgency(State.FL, "Bureau of Parkland", "2025-02-14");
        ledger.take(participating("2025-07-01", heron, BYSTANDER));
        UUID id = idOf("Heron Commission");
        ledger.take(participating("2025-07-05", other, BYSTANDER));
        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        ledger.take(participating("2025-07-09", heron, BYSTANDER));

        assertEquals(id, idOf("Heron Commission"));
        assertEquals(1, ledger.count(AgreementChange.RELISTED));
        assertEquals(1, ledger.count(AgreementChange.RETRACTED), "the passing name was no agreement of its own");
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
        assertEquals(
                List.of(Review.Status.CLOSED),
                ledger.roster().reviews().stream().map(Review::status).toList());
    }

    @Test
    void if_both_are_listed_after_a_review_the_candidate_is_confirmed_and_its_application_granted() {
        Row heron = stateAgency(State.FL, "Heron Commission", "2025-02-14");
        Row other = stateAgency(State.FL, "Bureau of Parkland", "2025-02-14");
        ledger.take(pending("2025-06-20", other));
        ledger.take(participating("2025-07-01", heron, BYSTANDER));
        ledger.take(participating("2025-07-05", other, BYSTANDER));
        ledger.take(participating("2025-07-09", heron, other, BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.CONFIRMED));
        assertFalse(only("Bureau of Parkland").provisional());
        assertEquals(
                Application.Status.GRANTED,
                ledger.roster().applications().iterator().next().status());
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void a_switch_of_model_two_weeks_apart_is_a_departure_and_a_new_agreement() {
        Row warrant = sheriff(State.PA, "Buttermere", WARRANT_SERVICE_OFFICER, "2025-05-22");
        Row task = sheriff(State.PA, "Buttermere", TASK_FORCE, "2025-06-12");
        ledger.take(participating("2025-05-23", warrant, BYSTANDER));
        ledger.take(participating("2025-06-06", BYSTANDER));
        ledger.take(participating("2025-06-17", task, BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.UNLISTED));
        assertEquals(3, ledger.count(AgreementChange.SIGNED));
        assertEquals(List.of(), List.copyOf(ledger.roster().reviews()));
    }

    @Test
    void a_departure_with_a_new_agency_of_the_same_day_beside_it_is_certain_if_the_new_one_had_applied() {
        Row old = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        Row young = sheriff(State.GA, "Mossbank", TASK_FORCE, "2025-06-13");
        ledger.take(pending("2025-06-01", old));
        ledger.take(participating("2025-06-17", old, BYSTANDER));
        ledger.take(pending("2025-06-18", young));
        ledger.take(participating("2025-06-24", young, BYSTANDER));

        assertEquals(
                List.of("Larkspur County Sheriff's Office GA TASK_FORCE 2025-06-13"),
                ledger.names(AgreementChange.UNLISTED));
        assertEquals(List.of(), List.copyOf(ledger.roster().reviews()));
    }

    @Test
    void an_unlisted_agreement_that_comes_back_is_relisted() {
        Row row = sheriff(State.GA, "Larkspur", TASK_FORCE, "2025-06-13");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        UUID id = idOf("Larkspur County Sheriff's Office");
        ledger.take(participating("2025-06-20", BYSTANDER));
        Agreement gone = ledger.roster().agreement(id).orElseThrow();
        assertEquals(Agreement.Status.UNLISTED, gone.status());
        assertTrue(gone.lastListedAt() != null && gone.firstAbsentAt() != null);
        ledger.take(participating("2025-07-20", row.signed("2025-06-12"), BYSTANDER));

        assertEquals(id, idOf("Larkspur County Sheriff's Office"));
        assertEquals(1, ledger.count(AgreementChange.RELISTED));
        assertEquals(null, only("Larkspur County Sheriff's Office").firstAbsentAt());
    }

    @Test
    void years_later_a_new_signature_is_a_new_agreement() {
        Row row = sheriff(State.GA, "Larkspur", JAIL_ENFORCEMENT, "2020-06-13");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating("2025-06-20", BYSTANDER));
        ledger.take(participating("2025-10-20", row.signed("2025-10-15"), BYSTANDER));

        assertEquals(3, ledger.count(AgreementChange.SIGNED));
        assertEquals(0, ledger.count(AgreementChange.RELISTED));
    }

    @Test
    void a_date_moved_by_exactly_a_year_is_a_correction() {
        Row row = sheriff(State.TX, "Bluestem", WARRANT_SERVICE_OFFICER, "2025-02-27")
                .moa("BluestemCoTX_WSO_MOA.pdf");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating("2025-06-20", row.signed("2024-02-27").moa("BluestemTX_WSO.pdf"), BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.DATE_CHANGED));
        assertNoDeparture();
    }

    @Test
    void a_row_replaced_by_a_fresh_signature_of_the_same_agency_is_for_a_person_to_judge() {
        Row row = sheriff(State.TX, "Bluestem", WARRANT_SERVICE_OFFICER, "2019-03-11")
                .moa("BluestemCoTX_WSO_MOA.pdf");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating(
                "2025-06-24", sheriff(State.TX, "Bluestem", WARRANT_SERVICE_OFFICER, "2025-06-20"), BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.PUT_UNDER_REVIEW));
        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
    }

    @Test
    void jail_and_task_force_in_one_row_are_two_agreements_and_a_named_difference() {
        Row row =
                sheriff(State.NC, "Fernhollow", JAIL_ENFORCEMENT, "2009-03-11").supports(JAIL_ENFORCEMENT, TASK_FORCE);
        Reconciliation first = ledger.take(participating("2025-06-17", row, BYSTANDER));

        assertEquals(3, first.report().listedAfter());
        assertEquals(2, first.account().getFirst().became().size());
        assertTrue(first.report().differences().stream()
                .anyMatch(difference -> difference.kind().equals("two_support_types") && difference.count() == 1));
    }

    @Test
    void an_unreadable_date_is_asked_about_once_and_settled_when_it_can_be_read() {
        Row row = sheriff(State.NC, "Fernhollow", JAIL_ENFORCEMENT, "2025-06-11");
        Row torn = row.signed(null).doubt("SIGNED '13/13/2025' is no date");
        ledger.take(participating("2025-06-17", torn, BYSTANDER));
        ledger.take(participating("2025-06-20", torn, BYSTANDER));
        assertEquals(1, ledger.roster().reviews().size());
        ledger.take(participating("2025-06-24", row, BYSTANDER));

        assertEquals(1, ledger.count(AgreementChange.DATE_CHANGED));
        assertEquals(
                List.of(Review.Status.CLOSED),
                ledger.roster().reviews().stream().map(Review::status).toList());
        assertNoDeparture();
    }

    @Test
    void a_date_that_cannot_be_read_any_more_keeps_what_was_read_before() {
        Row row = sheriff(State.NC, "Fernhollow", JAIL_ENFORCEMENT, "2025-06-11");
        ledger.take(participating("2025-06-17", row, BYSTANDER));
        ledger.take(participating("2025-06-20", row.signed(null).doubt("SIGNED '13/13/2025' is no date"), BYSTANDER));

        assertEquals(
                "2025-06-11",
                String.valueOf(only("Fernhollow County Sheriff's Office").signedOn()));
        assertNoDeparture();
    }

    @Test
    void an_application_renamed_within_the_pending_list_is_one_application() {
        Row county = sheriff(State.LA, "Bayougrove", WARRANT_SERVICE_OFFICER, "2025-01-01");
        Row parish = county.named("Bayougrove Parish Sheriff's Office").county("Bayougrove Parish");
        ledger.take(pending("2025-05-21", county));
        ledger.take(pending("2025-05-28", parish));
        ledger.take(participating("2025-06-17", parish, BYSTANDER));

        assertEquals(1, ledger.roster().applications().size());
        assertEquals(1, ledger.events().get("application-renamed"));
        assertEquals(1, ledger.events().get("application-granted"));
    }

    @Test
    void a_renamed_row_whose_agency_keeps_another_row_adds_an_alias_and_registers_nobody() {
        Row jail = sheriff(State.TX, "Bluestem", JAIL_ENFORCEMENT, "2025-05-06");
        Row warrant = sheriff(State.TX, "Bluestem", WARRANT_SERVICE_OFFICER, "2025-05-06");
        ledger.take(participating("2025-07-01", jail, warrant));
        ledger.take(participating("2025-07-05", jail, warrant.named("Bluestem County Sherif's Office")));

        assertEquals(1, ledger.roster().agencies().size());
        assertEquals(1, ledger.events().get("agency-alias-added"));
        assertEquals(
                1,
                ledger.roster().listedAgreements().stream()
                        .map(Agreement::agencyId)
                        .distinct()
                        .count());
    }

    @Test
    void a_row_first_listed_under_a_misspelt_name_moves_to_the_agency_that_bears_the_right_one() {
        Row jail = sheriff(State.AL, "Franklinmoor", JAIL_ENFORCEMENT, "2025-05-06");
        Row warrant = sheriff(State.AL, "Franklinmoor", WARRANT_SERVICE_OFFICER, "2025-06-06");
        ledger.take(participating("2025-07-01", jail, warrant.named("Franlinmoor County Sheriff's Office")));
        assertEquals(2, ledger.roster().agencies().size());
        ledger.take(participating("2025-07-05", jail, warrant));

        assertEquals(
                1,
                ledger.roster().listedAgreements().stream()
                        .map(Agreement::agencyId)
                        .distinct()
                        .count());
        assertNoDeparture();
    }

    @Test
    void the_evidence_of_a_rename_can_be_read_in_one_reading() {
        Row row = police(State.FL, "City of Harrowgate Police Department", "2025-04-14");
        ledger.take(participating("2025-05-19", row, BYSTANDER));
        ledger.take(participating("2025-05-20", row.named("Harrowgate Police Department"), BYSTANDER));

        List<String> facts = ledger.facts().stream()
                .filter(fact -> fact.event() instanceof RosterEvent.AgreementEvent event
                        && event.change() == AgreementChange.RENAMED)
                .flatMap(fact -> java.util.Objects.requireNonNull(fact.evidence()).facts().stream())
                .toList();
        assertEquals(
                List.of(
                        "ICE's row 2 names “Harrowgate Police Department”; until 2025-05-19 am it read “City of Harrowgate"
                                + " Police Department”.",
                        "Word by word the names differ in this only: “city” is gone; “of” is gone.",
                        "The old name left the list in the workbook in which the new one appeared, in one state and for"
                                + " one support type.",
                        "Same signed date, 2025-04-14.",
                        "Agency: City of Harrowgate Police Department before, Harrowgate Police Department now."),
                facts);
    }

    @Test
    void a_granted_application_leaves_and_does_not_become_its_neighbour() {
        Row granted = police(State.FL, "Harrowgate Police Department", "2025-05-22");
        Row neighbour = police(State.FL, "Harrogate Police Department", "2025-06-18");
        ledger.take(pending("2025-05-29", granted));
        ledger.take(participating("2025-05-30", granted, BYSTANDER));
        Reconciliation after = ledger.take(pending("2025-06-06", neighbour));

        assertEquals(0, after.report().changes().get("application_renamed"));
        assertEquals(1, after.report().changes().get("applied"));
        assertEquals(1, after.report().changes().get("application_unlisted"));
    }

    @Test
    void two_letters_that_reach_the_first_make_another_name() {
        ledger.take(pending("2025-05-29", police(State.FL, "Ulvershaw Police Department", "2025-05-22")));
        Reconciliation after =
                ledger.take(pending("2025-06-06", police(State.FL, "Wyvershaw Police Department", "2025-06-18")));

        assertEquals(0, after.report().changes().get("application_renamed"));
        assertEquals(1, after.report().changes().get("applied"));
    }

    @Test
    void a_granted_application_that_never_left_the_pending_list_explains_no_departure() {
        Row row = police(State.FL, "Harrowgate Police Department", "2025-05-22");
        ledger.take(pending("2025-05-15", row));
        ledger.take(participating("2025-06-01", row, BYSTANDER));
        ledger.take(pending("2025-06-02", row));
        Reconciliation after = ledger.take(participating("2025-06-04", BYSTANDER));

        assertEquals(0, after.report().changes().get("returned_to_pending"));
        assertEquals(1, after.report().changes().get("unlisted"));
        assertEquals(1, after.unexplained());
    }

    @Test
    void a_provisional_row_that_leaves_is_not_announced_as_departed() {
        Row old = stateAgency(State.FL, "Heron Commission", "2025-02-14");
        ledger.take(participating("2025-07-01", old, BYSTANDER));
        ledger.take(participating("2025-07-05", stateAgency(State.FL, "Bureau of Parkland", "2025-02-14"), BYSTANDER));
        assertTrue(only("Bureau of Parkland").provisional());
        ledger.take(participating("2025-07-09", BYSTANDER));

        assertEquals(List.of(), ledger.names(AgreementChange.UNLISTED));
        assertEquals(
                2,
                ledger.roster().reviews().stream()
                        .filter(review -> review.status() == Review.Status.OPEN)
                        .count());
    }
}
