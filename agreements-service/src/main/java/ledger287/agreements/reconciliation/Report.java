package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ledger287.agreements.reconciliation.Reconciliation.Outcome;
import ledger287.agreements.reconciliation.Reconciliation.RowAccount;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.sheet.Sheet;

/** The report of an import: counts by name, and every difference between the sheet's rows and the ledger's figures. */
final class Report {
    private static final List<String> COUNTS = List.of(
            "signed",
            "granted",
            "renamed",
            "relabelled",
            "date_changed",
            "state_changed",
            "attribute_changed",
            "unlisted",
            "relisted",
            "duplicate_removed",
            "returned_to_pending",
            "put_under_review",
            "confirmed",
            "ended",
            "retracted",
            "applied",
            "application_unlisted",
            "application_relisted",
            "application_renamed",
            "application_attribute_changed",
            "application_corrected");

    private Report() {}

    static ImportedSheet of(Draft draft, Sheet sheet, UUID sheetId, List<Entry> entries, List<RowAccount> account) {
        List<ImportedSheet.Difference> differences = new ArrayList<>();
        int split = entries.size() - sheet.rows().size();
        add(differences, "two_support_types", split, split + " rows name two support types and stand for two each.");
        int listed =
                switch (sheet.kind()) {
                    case PARTICIPATING -> agreements(draft.listedAgreements(), differences);
                    case PENDING -> applications(draft.listedApplications(), differences);
                };
        int underReview = (int) account.stream()
                .filter(row -> row.outcome() == Outcome.UNDER_REVIEW)
                .count();
        int held = draft.changes("put_under_review");
        add(
                differences,
                "under_review",
                held,
                held + " rows vanished and what became of them is not certain: they are not listed, and no departure is"
                        + " announced.");
        return new ImportedSheet(
                sheetId,
                sheet.kind(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publication().at(),
                sheet.publication().label(),
                ImportedSheet.Status.IMPORTED,
                new ImportedSheet.RowCounts(
                        sheet.rows().size(),
                        sheet.blankRows(),
                        sheet.hiddenRows(),
                        (int) account.stream().filter(RowAccount::repaired).count(),
                        underReview),
                counts(draft),
                listed,
                differences);
    }

    private static Map<String, Integer> counts(Draft draft) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        COUNTS.forEach(name -> counts.put(name, draft.changes(name)));
        return counts;
    }

    private static int agreements(List<Agreement> listed, List<ImportedSheet.Difference> differences) {
        Set<UUID> agencies = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        listed.forEach(agreement -> {
            agencies.add(agreement.agencyId());
            ids.add(agreement.id());
        });
        int several = listed.size() - agencies.size();
        add(
                differences,
                "agencies",
                several,
                listed.size() + " agreements are held by " + agencies.size()
                        + " agencies: an agency may hold one for each support type.");
        int twins = (int) listed.stream()
                .filter(agreement -> agreement.possibleDuplicateOf().stream().anyMatch(ids::contains))
                .count();
        add(
                differences,
                "possible_duplicates",
                twins,
                twins + " listed agreements may be another one listed twice; they are counted as ICE lists them.");
        int provisional = (int) listed.stream().filter(Agreement::provisional).count();
        add(
                differences,
                "provisional",
                provisional,
                provisional + " listed agreements may continue one that is under review; a person decides.");
        return listed.size();
    }

    private static int applications(List<Application> listed, List<ImportedSheet.Difference> differences) {
        int granted = (int) listed.stream()
                .filter(application -> application.status() == Application.Status.GRANTED)
                .count();
        add(
                differences,
                "granted_still_listed",
                granted,
                granted + " listed applications are granted already and still listed as pending.");
        Set<UUID> ids = new HashSet<>();
        listed.forEach(application -> ids.add(application.id()));
        int twins = (int) listed.stream()
                .filter(application ->
                        application.possibleDuplicateOf().stream().anyMatch(ids::contains))
                .count();
        add(differences, "possible_duplicates", twins, twins + " listed applications may be another one listed twice.");
        return listed.size();
    }

    private static void add(List<ImportedSheet.Difference> differences, String kind, int count, String explanation) {
        if (count != 0) {
            differences.add(new ImportedSheet.Difference(kind, count, explanation));
        }
    }
}
