package ledger287.agreements.reconciliation;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ApplicationChange;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.roster.SheetChange;
import ledger287.agreements.sheet.Sheet;

/**
 * Compares a workbook with what the ledger knows: what changed, and why we think so.
 *
 * <p>Pure and deterministic: the result depends on the roster, the sheet and the ids handed out, not on the order of
 * the sheet's rows. A false departure is the worst error it can make, so whatever is not certain becomes a review, and
 * no departure is announced.
 */
public final class Reconciler {
    private Reconciler() {}

    /**
     * @param roster what the ledger knows; not changed
     * @param sheet a workbook no older than the newest one of its kind in the roster
     * @param sheetId the import's id
     * @param ids names for what is new
     */
    public static Reconciliation reconcile(Roster roster, Sheet sheet, UUID sheetId, Supplier<UUID> ids) {
        Draft draft = new Draft(roster, sheet, sheetId, ids);
        List<Entry> entries = Entry.of(sheet);
        Accounts accounts = new Accounts();
        int unexplained =
                switch (sheet.kind()) {
                    case PARTICIPATING -> {
                        new AgreementChanges(draft, sheet, entries, accounts).draft();
                        yield draft.changes("unlisted") + draft.changes("put_under_review");
                    }
                    case PENDING -> {
                        new ApplicationChanges(draft, sheet, entries, accounts).draft();
                        yield leftWithoutAnAgreement(draft);
                    }
                };
        List<Reconciliation.RowAccount> account = accounts.of(sheet);
        ImportedSheet report = Report.of(draft, sheet, sheetId, entries, account);
        draft.facts()
                .add(new Fact(
                        new RosterEvent.SheetEvent(SheetChange.IMPORTED, null, report),
                        sheet.publication().at(),
                        null,
                        null));
        return new Reconciliation(draft.facts(), account, report, unexplained);
    }

    /** Applications that left while no agreement answers them. Not strange by itself: ICE lists agreements days later. */
    private static int leftWithoutAnAgreement(Draft draft) {
        return (int) draft.facts().stream()
                .filter(fact -> fact.event() instanceof RosterEvent.ApplicationEvent event
                        && event.change() == ApplicationChange.UNLISTED
                        && event.after().status() == Application.Status.AWAITING_OUTCOME)
                .count();
    }
}
