package ledger287.agreements.service;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import ledger287.local.sample.WorkbookXml;
import ledger287.local.sample.WorkbookXml.Cell;

/** Small workbooks with fictional agencies. */
final class Workbooks {

    private Workbooks() {}

    /** A participating workbook with one row for each agency. */
    static byte[] participating(List<String> agencies) {
        return participating(new WorkbookXml(), agencies);
    }

    /** The same, marked as generated. */
    static byte[] sample(List<String> agencies) {
        return participating(new WorkbookXml().property("ledger287.sample", "true"), agencies);
    }

    /** The same with a date in one row that no rule can read. */
    static byte[] withUnreadableDate(List<String> agencies, int row) {
        return participating(new WorkbookXml(), agencies, row);
    }

    private static byte[] participating(WorkbookXml workbook, List<String> agencies) {
        return participating(workbook, agencies, -1);
    }

    private static byte[] participating(WorkbookXml workbook, List<String> agencies, int unreadable) {
        WorkbookXml.Tab tab = workbook.tab("Sheet1")
                .row("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA");
        for (String agency : agencies) {
            tab.row(List.of(
                    Cell.of("FLORIDA"),
                    Cell.of(agency),
                    Cell.of("County"),
                    Cell.of("Quillmoor County"),
                    Cell.of("Task Force Model"),
                    agency.equals(unreadable < 0 ? "" : agencies.get(unreadable))
                            ? Cell.of("in the spring")
                            : new Cell.Day(LocalDate.of(2025, 5, 8)),
                    Cell.of("link pending")));
        }
        return workbook.bytes();
    }

    /** A pending workbook with one row for each agency. */
    static byte[] pending(List<String> agencies) {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab =
                workbook.tab("Sheet1").row("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE");
        for (String agency : agencies) {
            tab.row("FLORIDA", agency, "County", "Quillmoor County", "Task Force Model");
        }
        return workbook.bytes();
    }

    /** Names that no rule could take for each other. */
    static List<String> agencies(int count) {
        List<String> first = List.of("Ash", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Ginkgo", "Hazel");
        List<String> second = List.of("quarry", "meadow", "hollow", "landing", "bluff");
        return IntStream.range(0, count)
                .mapToObj(i -> first.get(i % 8) + second.get(i / 8 % 5) + " County Sheriff's Office")
                .toList();
    }
}
