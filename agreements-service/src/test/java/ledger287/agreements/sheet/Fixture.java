package ledger287.agreements.sheet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ledger287.local.sample.WorkbookXml;
import ledger287.local.sample.WorkbookXml.Cell;

/** Small workbooks of either kind, with whatever trap a test lays in them. */
final class Fixture {
    static final String PARTICIPATING = "participatingAgencies06062025am.xlsx";
    static final String PENDING = "pendingAgencies06062025am.xlsx";
    static final List<String> HEADERS =
            List.of("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA");

    private Fixture() {}

    /** A workbook whose first tab has the header and nothing else yet. */
    static WorkbookXml.Tab headed(WorkbookXml workbook) {
        return workbook.tab("Sheet1").row(HEADERS.toArray(String[]::new));
    }

    /** A complete row for an agency; tests replace the cell that they are about. */
    static List<Cell> row(String agency) {
        return new ArrayList<>(List.of(
                Cell.of("FLORIDA"),
                Cell.of(agency),
                Cell.of("County"),
                Cell.of("Quillmoor County"),
                Cell.of("Task Force Model"),
                new Cell.Day(LocalDate.of(2025, 5, 8)),
                Cell.of("link pending")));
    }

    static List<Cell> row(String agency, int column, Cell cell) {
        List<Cell> row = row(agency);
        row.set(column, cell);
        return row;
    }

    static SheetReading read(WorkbookXml workbook) {
        return new SheetReader().read(workbook.bytes(), SheetSource.named(PARTICIPATING));
    }

    /** The one data row of a workbook with one cell replaced. */
    static SheetRow readRowWith(int column, Cell cell) {
        WorkbookXml workbook = new WorkbookXml();
        headed(workbook).row(row("Quillmoor County Sheriff's Office", column, cell));
        return read(workbook).sheet().rows().getFirst();
    }
}
