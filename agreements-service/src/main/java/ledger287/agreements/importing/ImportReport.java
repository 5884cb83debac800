package ledger287.agreements.importing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.ledger.Positions;
import ledger287.agreements.roster.ImportedSheet;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or would do.
 *
 * @param status {@code imported}, {@code held}, {@code rejected} or {@code retracted}
 * @param alreadyImported the same bytes were here before; nothing was appended
 * @param held too much vanished unexplained; an editor must release or reject the workbook
 * @param dryRun nothing was stored
 * @param changes counts by name, every name present
 * @param listedAfter agreements or applications listed once the import is applied
 * @param unexplained agreements that vanished without explanation, or applications that left unanswered; null for a report that is read again
 * @param position the log's position after the import, for {@code min_position}
 */
public record ImportReport(
        UUID sheetId,
        String kind,
        String fileName,
        String sha256,
        Instant publishedAt,
        String publishedLabel,
        String status,
        boolean alreadyImported,
        boolean held,
        boolean dryRun,
        ImportedSheet.RowCounts rows,
        Map<String, Integer> changes,
        int listedAfter,
        List<ImportedSheet.Difference> differences,
        @Nullable Integer unexplained,
        List<Invariant> invariants,
        List<String> notes,
        String position) {

    /** The report as recorded. */
    static ImportReport of(ImportedSheet sheet, long position) {
        return new ImportReport(
                sheet.id(),
                sheet.kind().code(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publishedAt(),
                sheet.publishedLabel(),
                sheet.status().code(),
                false,
                sheet.status() == ImportedSheet.Status.HELD,
                false,
                sheet.rows(),
                sheet.changes(),
                sheet.listedAfter(),
                sheet.differences(),
                null,
                List.of(),
                List.of(),
                Positions.text(position));
    }

    /** With what is known only while an import is judged. */
    ImportReport asJudged(Verdict judged) {
        return new ImportReport(
                sheetId,
                kind,
                fileName,
                sha256,
                publishedAt,
                publishedLabel,
                status,
                alreadyImported,
                held,
                dryRun,
                rows,
                changes,
                listedAfter,
                differences,
                judged.reconciliation().unexplained(),
                judged.invariants(),
                judged.notes(),
                position);
    }

    ImportReport asDryRun(Verdict judged) {
        ImportReport report = asJudged(judged);
        return new ImportReport(
                report.sheetId,
                report.kind,
                report.fileName,
                report.sha256,
                report.publishedAt,
                report.publishedLabel,
                report.status,
                report.alreadyImported,
                report.held,
                true,
                report.rows,
                report.changes,
                report.listedAfter,
                report.differences,
                report.unexplained,
                report.invariants,
                report.notes,
                report.position);
    }

    ImportReport asAlreadyImported() {
        return new ImportReport(
                sheetId,
                kind,
                fileName,
                sha256,
                publishedAt,
                publishedLabel,
                status,
                true,
                held,
                dryRun,
                rows,
                changes,
                listedAfter,
                differences,
                unexplained,
                invariants,
                notes,
                position);
    }
}
