package ledger287.agreements.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/**
 * A workbook of as many rows as asked for, and two programs that read it: ours and a bare fastexcel loop, to compare.
 *
 * <p>{@code LargeWorkbook write FILE ROWS | ledger287 FILE | fastexcel FILE}
 */
final class LargeWorkbook {
    private static final int AGENCIES = 5_000;

    private LargeWorkbook() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "write" -> write(file, Integer.parseInt(arguments[2]));
            case "ledger287" -> report(arguments[0], file, LargeWorkbook::countWithLedger287);
            case "fastexcel" -> report(arguments[0], file, LargeWorkbook::countWithFastexcel);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    interface Counting {
        long rows(Path file) throws IOException;
    }

    private static void report(String who, Path file, Counting counting) throws IOException {
        long start = System.nanoTime();
        long rows = counting.rows(file);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        // On a busy machine the thread's own time is the better measure.
        Duration worked = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        System.out.printf("%s rows=%d ms=%d cpu_ms=%d%n", who, rows, took.toMillis(), worked.toMillis());
    }

    private static long countWithLedger287(Path file) {
        long[] agreements = {0};
        new SheetReader(ReadingLimits.EXCEL)
                .stream(
                        file,
                        SheetSource.named(Fixture.PARTICIPATING),
                        row -> agreements[0] += row.cells().supportTypes().size());
        return agreements[0];
    }

    private static long countWithFastexcel(Path file) throws IOException {
        long[] rows = {0};
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile());
                var stream = workbook.getFirstSheet().openStream()) {
            stream.forEach(row -> {
                int text = 0;
                for (Cell cell : row) {
                    text += cell == null ? 0 : cell.getRawValue().length();
                }
                rows[0] += text > 0 ? 1 : 0;
            });
        }
        return rows[0] - 1;
    }

    static void write(Path file, int rows) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out);
                PrintStream xml = new PrintStream(zip, false, StandardCharsets.UTF_8)) {
            zip.setLevel(3);
            var small = new ledger287.local.sample.WorkbookXml();
            Fixture.headed(small).row(Fixture.row("Agency"));
            for (var part : small.parts().entrySet()) {
                if (!part.getKey().endsWith("sheet1.xml") && !part.getKey().endsWith("sharedStrings.xml")) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(part.getValue());
                }
            }
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            xml.print("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
            Fixture.HEADERS.forEach(header -> xml.printf("<si><t>%s</t></si>", header));
            xml.print("<si><t>FLORIDA</t></si><si><t>County</t></si><si><t>Task Force Model</t></si>"
                    + "<si><t>link pending </t></si>");
            for (int i = 0; i < AGENCIES; i++) {
                xml.printf("<si><t>Quillmoor %d County Sheriff's Office</t></si>", i);
            }
            xml.print("</sst>");
            xml.flush();
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            xml.print("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            row(xml, 1, 0, 1, 2, 3, 4, "t=\"s\"", 5, 6);
            for (int i = 0; i < rows; i++) {
                int agency = Fixture.HEADERS.size() + 4 + i % AGENCIES;
                row(xml, i + 2, 7, agency, 8, agency, 9, "s=\"1\"", 45_700 + i % 80, 10);
            }
            xml.print("</sheetData></worksheet>");
            xml.flush();
        }
    }

    private static void row(
            PrintStream xml,
            int row,
            int state,
            int agency,
            int type,
            int county,
            int support,
            String signedAs,
            int signed,
            int moa) {
        xml.append("<row r=\"" + row + "\" spans=\"1:7\">"
                + shared("A", row, state) + shared("B", row, agency) + shared("C", row, type)
                + shared("D", row, county) + shared("E", row, support)
                + "<c r=\"F" + row + "\" " + signedAs + "><v>" + signed + "</v></c>"
                + shared("G", row, moa) + "</row>");
    }

    private static String shared(String column, int row, int text) {
        return "<c r=\"" + column + row + "\" s=\"0\" t=\"s\"><v>" + text + "</v></c>";
    }
}
