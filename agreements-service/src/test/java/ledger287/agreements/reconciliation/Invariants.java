package ledger287.agreements.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.SheetKind;

/** What holds after every import, whatever was imported. */
final class Invariants {
    private Invariants() {}

    static void check(Sheet sheet, Reconciliation reconciliation, Roster after) {
        int claims = sheet.rows().stream()
                .mapToInt(row -> Math.max(1, row.cells().supportTypes().size()))
                .sum();
        int listed = sheet.kind() == SheetKind.PARTICIPATING
                ? after.listedAgreements().size()
                : after.listedApplications().size();
        assertEquals(claims, reconciliation.report().listedAfter(), "listed_after is the sheet's rows");
        assertEquals(claims, listed, "the roster lists the sheet's rows");
        assertEquals(
                sheet.rows().stream().map(SheetRow::number).toList(),
                reconciliation.account().stream()
                        .map(Reconciliation.RowAccount::row)
                        .toList(),
                "every row is accounted for, in order");
        assertEquals(
                claims,
                reconciliation.account().stream()
                        .flatMap(row -> row.became().stream())
                        .distinct()
                        .count(),
                "one to one");
        Fact last = reconciliation.facts().getLast();
        assertTrue(last.event() instanceof RosterEvent.SheetEvent, "the sheet's own event is last");
        for (Fact fact : reconciliation.facts()) {
            assertNull(fact.editor());
            assertNull(fact.retracts());
            assertTrue(!fact.knownAt().isBefore(sheet.publication().at()), "nothing is known before its publication");
        }
    }
}
