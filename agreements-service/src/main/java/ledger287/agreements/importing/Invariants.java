package ledger287.agreements.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.reconciliation.Reconciliation.RowAccount;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.ImportedSheet.Difference;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/**
 * What must be true of every import, found by folding its facts and not by believing what the reconciliation says of
 * them. An import that does not add up is not stored.
 */
final class Invariants {
    private static final String TWO_SUPPORT_TYPES = "two_support_types";

    private Invariants() {}

    /** @param before the roster that the reconciliation began with */
    static List<Invariant> check(Sheet sheet, Reconciliation reconciliation, Roster before) {
        Roster after = before.copy();
        reconciliation.facts().forEach(after::replay);
        return List.of(
                listedEqualsRows(sheet, reconciliation.report(), after),
                everyRowAccountedFor(sheet, reconciliation.account()),
                sameBytesRecognised(sheet, after));
    }

    static void require(List<Invariant> invariants) {
        for (Invariant invariant : invariants) {
            if (!invariant.holds()) {
                throw Problem.of(
                                ProblemType.INVARIANT_VIOLATED,
                                invariant.explanation() + " Keep the file and report this as a fault of the software.")
                        .because(invariant.name())
                        .asException();
            }
        }
    }

    /** How many agreements or applications, as the kind is, are listed. */
    static int listed(SheetKind kind, Roster roster) {
        return switch (kind) {
            case PARTICIPATING -> roster.listedAgreements().size();
            case PENDING -> roster.listedApplications().size();
        };
    }

    /**
     * Domain §4, invariant 1: what is listed are the data rows; rows listed twice are two. The one difference there can be
     * is a row that names two support types and stands for two agreements, and the report names it.
     */
    private static Invariant listedEqualsRows(Sheet sheet, ImportedSheet report, Roster after) {
        int rows = sheet.rows().size();
        int listed = listed(sheet.kind(), after);
        int named = report.differences().stream()
                .filter(difference -> difference.kind().equals(TWO_SUPPORT_TYPES))
                .mapToInt(Difference::count)
                .sum();
        return new Invariant(
                "listed_equals_rows",
                listed == report.listedAfter() && listed == rows + named,
                rows + " data rows" + (named == 0 ? "" : " and " + named + " for rows that name two support types")
                        + ", " + listed + " listed once the import is applied, " + report.listedAfter() + " reported.");
    }

    /** Domain §4, invariant 2: every row is accounted for, once. */
    private static Invariant everyRowAccountedFor(Sheet sheet, List<RowAccount> account) {
        Set<Place> rows = new HashSet<>();
        for (SheetRow row : sheet.rows()) {
            rows.add(new Place(row.tab(), row.number()));
        }
        Set<Place> accounted = new HashSet<>();
        for (RowAccount row : account) {
            accounted.add(new Place(row.tab(), row.row()));
        }
        boolean each = rows.size() == sheet.rows().size() && account.size() == rows.size() && accounted.equals(rows);
        return new Invariant(
                "every_row_accounted_for",
                each,
                sheet.rows().size() + " data rows, " + account.size() + " accounted for"
                        + (each ? ", each once." : "; some are missing or counted twice."));
    }

    /** Domain §4, invariant 3: these bytes, sent again, are recognised before anything else is looked at. */
    private static Invariant sameBytesRecognised(Sheet sheet, Roster after) {
        boolean recognised = after.sheetWithSha256(sheet.sha256())
                .filter(known -> known.status() == ImportedSheet.Status.IMPORTED)
                .isPresent();
        return new Invariant(
                "same_bytes_recognised",
                recognised,
                recognised
                        ? "The file is known by its digest from now on; sent again, it changes nothing."
                        : "The file would not be recognised when it is sent again.");
    }

    private record Place(String tab, int row) {}
}
