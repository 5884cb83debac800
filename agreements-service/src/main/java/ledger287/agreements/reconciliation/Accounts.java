package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ledger287.agreements.reconciliation.Reconciliation.Outcome;
import ledger287.agreements.reconciliation.Reconciliation.RowAccount;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.sheet.Repair;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;

/** What became of every row. */
final class Accounts {
    private record Became(Outcome outcome, String streamId, Tier tier, Confidence confidence, List<String> because) {}

    private final IdentityHashMap<SheetRow, List<Became>> byRow = new IdentityHashMap<>();

    /** One of the row's claims stands for this thing. */
    void add(Entry entry, Outcome outcome, String streamId, Tier tier, Confidence confidence, List<String> because) {
        Outcome told = entry.row().doubts().isEmpty() ? outcome : Outcome.UNDER_REVIEW;
        byRow.computeIfAbsent(entry.row(), absent -> new ArrayList<>(1))
                .add(new Became(told, streamId, tier, confidence, because));
    }

    /** In the sheet's order; a row that nothing became of would be a defect of this program. */
    List<RowAccount> of(Sheet sheet) {
        List<RowAccount> accounts = new ArrayList<>(sheet.rows().size());
        for (SheetRow row : sheet.rows()) {
            List<Became> became = byRow.get(row);
            if (became == null) {
                throw new IllegalStateException("Row " + row.number() + " of " + row.tab() + " is unaccounted for");
            }
            accounts.add(account(row, became));
        }
        return accounts;
    }

    private static RowAccount account(SheetRow row, List<Became> became) {
        Became first =
                became.stream().max(Comparator.comparing(Became::outcome)).orElseThrow();
        List<String> why = new ArrayList<>();
        became.forEach(one -> why.addAll(one.because()));
        return new RowAccount(
                row.tab(),
                row.number(),
                first.outcome(),
                row.repairs().stream().anyMatch(Repair::flagged),
                became.stream().map(Became::streamId).toList(),
                String.join(" ", why),
                Map.of(
                        "tier",
                        first.tier().code(),
                        "confidence",
                        first.confidence().code()),
                row.doubts().isEmpty() ? null : String.join("; ", row.doubts()));
    }
}
