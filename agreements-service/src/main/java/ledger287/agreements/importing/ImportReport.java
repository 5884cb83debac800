package ledger287.agreements.importing;

import java.time.Instant;
import java.util.ArrayList;
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
 * @param alreadyImported the same bytes were here before and are not held; nothing was appended
 * @param held too much vanished unexplained; an editor must release or reject the workbook, and {@code notes} say how
 * @param dryRun nothing was stored
 * @param changes counts by name, every name present
 * @param listedAfter agreements or applications listed once the import is applied
 * @param unexplained agreements that vanished without explanation, or applications that left unanswered; null for a report that
 *     is read again
 * @param notes what a reader should know besides, in words
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
    private static final String WOULD_BE_HELD =
            "It would be held: too many rows vanish unexplained. An editor would decide.";

    /** On what occasion a workbook is reported. */
    private enum Occasion {
        /** Stored now, or read again. */
        RECORDED,
        /** Judged, and not stored. */
        DRY_RUN,
        /** Sent a second time; nothing was appended. */
        SENT_AGAIN
    }

    /** The report as recorded. */
    static ImportReport of(ImportedSheet sheet, long position) {
        return of(sheet, Occasion.RECORDED, null, position);
    }

    /** With what is known only while an import is judged. */
    static ImportReport judged(ImportedSheet sheet, Verdict judged, long position) {
        return of(sheet, Occasion.RECORDED, judged, position);
    }

    static ImportReport dryRun(ImportedSheet sheet, Verdict judged, long position) {
        return of(sheet, Occasion.DRY_RUN, judged, position);
    }

    /** To who sent bytes that are here: imported, held, or taken back by an editor. */
    static ImportReport sentAgain(ImportedSheet sheet, long position) {
        return of(sheet, Occasion.SENT_AGAIN, null, position);
    }

    private static ImportReport of(ImportedSheet sheet, Occasion occasion, @Nullable Verdict judged, long position) {
        boolean held = sheet.status() == ImportedSheet.Status.HELD;
        return new ImportReport(
                sheet.id(),
                sheet.kind().code(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publishedAt(),
                sheet.publishedLabel(),
                sheet.status().code(),
                occasion == Occasion.SENT_AGAIN && !held,
                held,
                occasion == Occasion.DRY_RUN,
                sheet.rows(),
                sheet.changes(),
                sheet.listedAfter(),
                sheet.differences(),
                judged == null ? null : judged.reconciliation().unexplained(),
                judged == null ? List.of() : judged.invariants(),
                notes(sheet, occasion, judged),
                Positions.text(position));
    }

    private static List<String> notes(ImportedSheet sheet, Occasion occasion, @Nullable Verdict judged) {
        List<String> notes = new ArrayList<>(judged == null ? List.of() : judged.notes());
        switch (sheet.status()) {
            case HELD -> notes.add(occasion == Occasion.DRY_RUN ? WOULD_BE_HELD : held(sheet));
            case REJECTED, RETRACTED -> {
                if (occasion == Occasion.SENT_AGAIN) {
                    notes.add("An editor decided that this workbook is "
                            + sheet.status().code() + ". Send it with again=true to have it judged anew.");
                }
            }
            case IMPORTED -> {}
        }
        return notes;
    }

    private static String held(ImportedSheet sheet) {
        return "Held: too many rows vanished unexplained, so nothing of it is published. An editor decides, with a reason:"
                + " POST /v1/sheets/" + sheet.id() + "/release imports it all the same, POST /v1/sheets/" + sheet.id()
                + "/rejection leaves it out.";
    }
}
