package ledger287.agreements.importing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.reconciliation.Reconciler;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.sheet.Publication;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetReading;
import ledger287.agreements.sheet.SkippedRow;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/**
 * Decides what a workbook means for the ledger as it stands: the rules of domain §4, invariant 3, then the
 * reconciliation, then the invariants and the brake. Stores nothing, so that a dry run decides exactly the same.
 */
final class Judgement {
    /** ICE dates its workbooks in Washington. */
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final Duration REISSUE = Duration.ofSeconds(1);

    private final Roster roster;
    private final IdSource ids;
    private final Instant now;

    Judgement(Roster roster, IdSource ids, Instant now) {
        this.roster = roster;
        this.ids = ids;
        this.now = now;
    }

    /** @param sheetId the id that the import would have */
    Verdict of(SheetReading reading, UUID sheetId) {
        Sheet sheet = reading.sheet();
        requireOneKindOfData(sheet);
        requireNotInFuture(sheet.publication());
        return reconciled(inOrder(sheet), sheetId, notes(reading));
    }

    private Verdict reconciled(Sheet sheet, UUID sheetId, List<String> notes) {
        Reconciliation reconciliation = Reconciler.reconcile(roster, sheet, sheetId, ids::next);
        List<Invariant> invariants = Invariants.check(sheet, reconciliation, roster);
        Invariants.require(invariants);
        int listedBefore = Invariants.listed(sheet.kind(), roster);
        return new Verdict(
                sheet,
                reconciliation,
                invariants,
                Brake.holds(sheet.kind(), reconciliation, listedBefore),
                listedBefore,
                notes);
    }

    private void requireOneKindOfData(Sheet sheet) {
        Optional<Boolean> sample = roster.sample();
        if (sample.isPresent() && sample.get() != sheet.sample()) {
            throw Problem.of(
                            ProblemType.SAMPLE_AND_REAL,
                            sheet.sample()
                                    ? "This ledger holds real data, and the workbook says that it is a generated sample."
                                            + " Send it to a ledger of its own."
                                    : "This ledger holds the generated sample. Real workbooks need a ledger of their own:"
                                            + " begin with an empty one.")
                    .asException();
        }
    }

    private void requireNotInFuture(Publication publication) {
        LocalDate published = LocalDate.ofInstant(publication.at(), NEW_YORK);
        LocalDate today = LocalDate.ofInstant(now, NEW_YORK);
        if (published.isAfter(today)) {
            throw Problem.of(
                            ProblemType.FUTURE_PUBLICATION,
                            "The workbook would be published on " + published + ", and it is " + today
                                    + " in New York. Is the year right? Say when it was published with"
                                    + " published_at=YYYY-MM-DD.")
                    .about("published_at", null)
                    .asException();
        }
    }

    /** The workbook under the publication it is taken in with, or a refusal because a newer one is here. */
    private Sheet inOrder(Sheet sheet) {
        Optional<ImportedSheet> newest = roster.newestSheet(sheet.kind());
        if (newest.isEmpty()) {
            return sheet;
        }
        Publication publication = sheet.publication();
        Instant newestAt = newest.get().publishedAt();
        if (publication.label().equals(newest.get().publishedLabel())
                || publication.at().equals(newestAt)) {
            return publishedAs(sheet, new Publication(newestAt.plus(REISSUE), publication.label()));
        }
        if (publication.at().isBefore(newestAt)) {
            throw Problem.of(
                            ProblemType.OLDER_PUBLICATION,
                            "This " + sheet.kind().code() + " workbook is of " + publication.label()
                                    + "; the ledger already holds that of "
                                    + newest.get().publishedLabel()
                                    + ". Workbooks are imported in order of publication.")
                    .about("published_at", null)
                    .asException();
        }
        return sheet;
    }

    static Sheet publishedAs(Sheet sheet, Publication publication) {
        return new Sheet(
                sheet.kind(),
                sheet.fileName(),
                sheet.sha256(),
                publication,
                sheet.sample(),
                sheet.rows(),
                sheet.blankRows(),
                sheet.unknownColumns(),
                sheet.ignoredTabs());
    }

    static Publication publication(ImportedSheet sheet) {
        return new Publication(sheet.publishedAt(), sheet.publishedLabel());
    }

    private static List<String> notes(SheetReading reading) {
        List<String> notes = new ArrayList<>();
        if (!reading.sheet().unknownColumns().isEmpty()) {
            notes.add("Columns that no rule knows, kept in the raw rows: "
                    + String.join(", ", reading.sheet().unknownColumns()) + ".");
        }
        if (!reading.sheet().ignoredTabs().isEmpty()) {
            notes.add("Tabs without a table of this kind, not read: "
                    + String.join(", ", reading.sheet().ignoredTabs()) + ".");
        }
        for (SkippedRow row : reading.skipped()) {
            notes.add("Row " + row.number() + " of tab '" + row.tab() + "' is not a data row (" + row.why() + "): "
                    + row.text());
        }
        return notes;
    }
}
