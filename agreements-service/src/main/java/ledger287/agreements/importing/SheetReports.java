package ledger287.agreements.importing;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Positions;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Roster;
import ledger287.service.paging.Page;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/** What became of workbooks and their rows, for those who ask. */
@Singleton
final class SheetReports {
    private final Ledger ledger;
    private final SheetArchive archive;
    private final SheetImport sheetImport;

    SheetReports(Ledger ledger, SheetArchive archive, SheetImport sheetImport) {
        this.ledger = ledger;
        this.archive = archive;
        this.sheetImport = sheetImport;
    }

    Page<ImportReport> sheets(long after, int limit) throws SQLException {
        return ledger.read(view -> {
            List<ImportedSheet> all = new ArrayList<>(view.roster().sheets());
            int begin = (int) Math.min(after, all.size());
            int end = Math.min(all.size(), begin + limit);
            Map<UUID, Long> positions = archive.lastPositions(view.connection());
            List<ImportReport> items = all.subList(begin, end).stream()
                    .map(sheet -> ImportReport.of(sheet, positions.getOrDefault(sheet.id(), view.position())))
                    .toList();
            return new Page<>(
                    items,
                    all.size(),
                    end < all.size() ? Page.cursorAfter(end) : null,
                    Positions.text(view.position()));
        });
    }

    ImportReport sheet(UUID id) throws SQLException {
        return ledger.read(view -> sheetImport.recorded(known(view.roster(), id), view.position(), view.connection()));
    }

    Page<RowJson> rows(UUID id, RowState state, long after, int limit) throws SQLException {
        return ledger.read(view -> {
            known(view.roster(), id);
            // One more than asked for tells whether another page follows.
            List<RowJson> found = archive.rows(view.connection(), id, state, after, limit + 1);
            boolean more = found.size() > limit;
            List<RowJson> items = more ? found.subList(0, limit) : found;
            return new Page<>(
                    items,
                    archive.countRows(view.connection(), id, state),
                    more ? Page.cursorAfter(items.getLast().ordinal()) : null,
                    Positions.text(view.position()));
        });
    }

    SheetArchive.File file(UUID id) throws SQLException {
        return ledger.read(view -> archive.file(view.connection(), id).orElseThrow(() -> unknown(id)));
    }

    static ImportedSheet known(Roster roster, UUID id) {
        return roster.sheet(id).orElseThrow(() -> unknown(id));
    }

    private static RuntimeException unknown(UUID id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no workbook " + id + "; /v1/sheets lists them all.")
                .asException();
    }
}
