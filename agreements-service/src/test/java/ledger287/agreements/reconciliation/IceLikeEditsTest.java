package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.participating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import ledger287.agreements.reconciliation.Edits.Truth;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.sheet.Sheet;
import org.junit.jupiter.api.Test;

/** Properties that hold for whatever ICE may do to a sheet, each tried on a thousand seeds. */
class IceLikeEditsTest {
    private static final int SEEDS = 1_000;

    private static void seeds(LongConsumer property) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                property.accept(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static Sheet sheet(String day, List<Truth> rows) {
        return participating(day, rows.stream().map(Truth::row).toList());
    }

    /** Which agreement of the ledger each true agreement's row became. */
    private static Map<Integer, UUID> ids(List<Truth> rows, Reconciliation reconciliation) {
        Map<Integer, UUID> ids = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String stream = reconciliation.account().get(i).became().getFirst();
            ids.put(rows.get(i).agreement(), UUID.fromString(stream.substring("agreement-".length())));
        }
        return ids;
    }

    @Test
    void any_sheet_twice_is_nothing() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> rows = edits.sheet(30);
            Ledger ledger = new Ledger();
            ledger.take(sheet("2025-06-01", rows));
            Reconciliation again = ledger.take(sheet("2025-06-02", edits.shuffled(rows)));
            assertEquals(1, again.facts().size());
        });
    }

    @Test
    void a_permutation_of_the_rows_changes_nothing_in_the_result() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> before = edits.sheet(20);
            List<Truth> after = edited(edits, before, 5);
            after.removeLast();
            after.add(edits.fresh());
            Ledger straight = new Ledger();
            straight.take(sheet("2025-06-01", before));
            straight.take(sheet("2025-06-04", after));
            Ledger permuted = new Ledger();
            permuted.take(sheet("2025-06-01", edits.shuffled(before)));
            permuted.take(sheet("2025-06-04", edits.shuffled(after)));

            assertEquals(straight.events(), permuted.events());
            assertEquals(
                    List.copyOf(straight.roster().agreements()),
                    List.copyOf(permuted.roster().agreements()));
        });
    }

    /** Some rows edited, each in one way. */
    private static List<Truth> edited(Edits edits, List<Truth> rows, int howMany) {
        List<Truth> result = new ArrayList<>(rows);
        for (int i = 0; i < howMany; i++) {
            int at = edits.random().nextInt(result.size());
            Truth truth = result.get(at);
            if (truth.row().equals(rows.get(at).row())) {
                result.set(at, new Truth(truth.agreement(), edits.edited(truth.row(), truth.agreement())));
            }
        }
        return result;
    }

    @Test
    void typos_forms_date_shifts_and_posted_memoranda_are_changes_and_never_departures() {
        int[] tally = new int[2];
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> before = edits.sheet(25);
            List<Truth> after = edited(edits, before, 4);
            Ledger ledger = new Ledger();
            Map<Integer, UUID> known = ids(before, ledger.take(sheet("2025-06-01", before)));
            List<Truth> shuffled = edits.shuffled(after);
            Map<Integer, UUID> now = ids(shuffled, ledger.take(sheet("2025-06-04", shuffled)));
            for (Truth truth : after) {
                UUID id = Objects.requireNonNull(known.get(truth.agreement()));
                Agreement agreement = ledger.roster().agreement(id).orElseThrow();
                if (!id.equals(now.get(truth.agreement()))) {
                    assertEquals(
                            Agreement.Status.UNDER_REVIEW,
                            agreement.status(),
                            () -> before.stream()
                                            .filter(old -> old.agreement() == truth.agreement())
                                            .findFirst()
                                            .orElseThrow()
                                    + " became " + truth);
                    tally[1]++;
                }
            }
            tally[0] += 4;
        });
        System.out.println(tally[1] + " of " + tally[0] + " edits under review");
        assertTrue(tally[1] * 200 <= tally[0], () -> tally[1] + " of " + tally[0] + " edits are left to a person");
    }

    @Test
    void removed_and_added_agreements_are_found_exactly_or_put_under_review() {
        int[] tally = new int[3];
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> before = edits.sheet(30);
            List<Truth> after = new ArrayList<>(edits.shuffled(before));
            Set<Integer> removed = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                removed.add(after.removeLast().agreement());
            }
            for (int i = 0; i < 3; i++) {
                after.add(edits.fresh());
            }
            List<Truth> withEdits = edited(edits, after, 2);
            List<Truth> shuffled = edits.shuffled(withEdits);
            Ledger ledger = new Ledger();
            Map<Integer, UUID> known = ids(before, ledger.take(sheet("2025-06-01", before)));
            Map<Integer, UUID> now = ids(shuffled, ledger.take(sheet("2025-06-04", shuffled)));
            for (Truth truth : before) {
                UUID id = Objects.requireNonNull(known.get(truth.agreement()));
                Agreement agreement = ledger.roster().agreement(id).orElseThrow();
                if (removed.contains(truth.agreement())) {
                    assertTrue(
                            agreement.status() == Agreement.Status.UNLISTED
                                    || agreement.status() == Agreement.Status.UNDER_REVIEW,
                            () -> "a removed agreement went on: " + truth + " as " + agreement);
                    tally[agreement.status() == Agreement.Status.UNLISTED ? 0 : 1]++;
                } else if (!id.equals(now.get(truth.agreement()))) {
                    assertEquals(
                            Agreement.Status.UNDER_REVIEW,
                            agreement.status(),
                            () -> "a living agreement departed: " + truth);
                    tally[2]++;
                }
            }
            for (Truth truth : shuffled) {
                if (!known.containsKey(truth.agreement())) {
                    assertTrue(
                            !known.containsValue(now.get(truth.agreement())),
                            () -> "a new agreement was taken for an old one: " + truth);
                }
            }
        });
        System.out.println(
                "removed: " + tally[0] + " unlisted, " + tally[1] + " under review; living under review: " + tally[2]);
    }

    @Test
    void a_memorandum_alone_carries_an_agreement_through_any_relabelling() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> before = edits.sheet(20).stream()
                    .map(truth ->
                            new Truth(truth.agreement(), truth.row().moa("Agreement" + truth.agreement() + "_MOA.pdf")))
                    .toList();
            List<Truth> after = new ArrayList<>(before);
            int at = edits.random().nextInt(after.size());
            Truth truth = after.get(at);
            after.set(at, new Truth(truth.agreement(), truth.row().named("Gulfshore Joint Council " + seed % 7)));
            Ledger ledger = new Ledger();
            Map<Integer, UUID> known = ids(before, ledger.take(sheet("2025-06-01", before)));
            Map<Integer, UUID> now = ids(after, ledger.take(sheet("2025-06-04", after)));
            assertEquals(known, now);
        });
    }

    @Test
    void rows_that_only_come_or_only_go_are_signed_or_unlisted_and_nobody_is_asked() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> all = edits.sheet(30);
            Ledger growing = new Ledger();
            growing.take(sheet("2025-06-01", all.subList(0, 25)));
            Reconciliation grown = growing.take(sheet("2025-06-04", edits.shuffled(all)));
            assertEquals(5, grown.report().changes().get("signed"));
            assertEquals(0, grown.unexplained());

            Ledger shrinking = new Ledger();
            shrinking.take(sheet("2025-06-01", all));
            Reconciliation shrunk = shrinking.take(sheet("2025-06-04", edits.shuffled(all.subList(0, 25))));
            assertEquals(5, shrunk.report().changes().get("unlisted"));
            assertEquals(0, shrunk.report().changes().get("put_under_review"));
        });
    }

    @Test
    void over_six_sheets_or_every_third_of_them_no_living_agreement_departs_and_no_departed_one_lives_on() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<List<Truth>> sheets = new ArrayList<>();
            sheets.add(edits.sheet(25));
            for (int i = 1; i < 7; i++) {
                List<Truth> next = edited(edits, edits.shuffled(sheets.getLast()), 2);
                next.removeLast();
                next.add(edits.fresh());
                sheets.add(edits.shuffled(next));
            }
            departuresAreTrue(sheets);
            departuresAreTrue(List.of(sheets.get(0), sheets.get(3), sheets.get(6)));
        });
    }

    private static void departuresAreTrue(List<List<Truth>> sheets) {
        Ledger ledger = new Ledger();
        Map<Integer, UUID> first = new HashMap<>();
        for (int i = 0; i < sheets.size(); i++) {
            Reconciliation taken = ledger.take(sheet("2025-06-0" + (i + 1), sheets.get(i)));
            ids(sheets.get(i), taken).forEach(first::putIfAbsent);
        }
        Set<Integer> living = new HashSet<>();
        sheets.getLast().forEach(truth -> living.add(truth.agreement()));
        first.forEach((truth, id) -> {
            Agreement.Status status =
                    ledger.roster().agreement(id).orElseThrow().status();
            if (living.contains(truth)) {
                assertTrue(
                        status != Agreement.Status.UNLISTED,
                        () -> "a living agreement departed: " + story(truth, sheets));
            } else {
                assertTrue(
                        status != Agreement.Status.LISTED,
                        () -> "a departed agreement lives on: " + story(truth, sheets));
            }
        });
    }

    private static String story(int agreement, List<List<Truth>> sheets) {
        StringBuilder story = new StringBuilder();
        for (List<Truth> sheet : sheets) {
            sheet.stream().filter(truth -> truth.agreement() == agreement).forEach(truth -> story.append("\n  ")
                    .append(truth.row()));
        }
        return story.toString();
    }

    @Test
    void a_row_listed_twice_for_a_while_costs_no_agreement() {
        seeds(seed -> {
            Edits edits = new Edits(seed);
            List<Truth> rows = edits.sheet(25);
            List<Truth> doubled = new ArrayList<>(rows);
            doubled.add(edits.pick(rows));
            Ledger ledger = new Ledger();
            ledger.take(sheet("2025-06-01", rows));
            Reconciliation two = ledger.take(sheet("2025-06-04", edits.shuffled(doubled)));
            assertEquals(1, two.report().changes().get("signed"));
            Reconciliation one = ledger.take(sheet("2025-06-08", edits.shuffled(rows)));
            assertEquals(1, one.report().changes().get("duplicate_removed"));
            assertEquals(0, one.unexplained());
        });
    }
}
