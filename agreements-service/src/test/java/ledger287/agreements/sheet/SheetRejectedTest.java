package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ledger287.agreements.sheet.SheetRejected.Reason;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.local.sample.WorkbookXml;
import ledger287.local.sample.WorkbookXml.Cell;
import org.junit.jupiter.api.Test;

/** What is refused, for which reason, in which words, and how soon. */
class SheetRejectedTest {
    @Test
    void a_file_that_is_no_workbook_is_refused_by_its_content() {
        assertRefused(
                Reason.NOT_A_WORKBOOK, "a web page", bytes("\n<!DOCTYPE html><html><title>Access denied</title>"));
        assertRefused(Reason.NOT_A_WORKBOOK, "an image", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
        assertRefused(Reason.NOT_A_WORKBOOK, "a PDF", bytes("%PDF-1.7\n"));
        assertRefused(Reason.NOT_A_WORKBOOK, "empty", new byte[0]);
        assertRefused(Reason.NOT_A_WORKBOOK, "not an Excel workbook", bytes("STATE,LAW ENFORCEMENT AGENCY\n"));
        assertRefused(
                Reason.NOT_A_WORKBOOK, "a zip, but not a workbook", WorkbookXml.zip(Map.of("a.txt", bytes("hello"))));
        assertRefused(Reason.OLD_OR_ENCRYPTED_WORKBOOK, "without a password", new byte[] {
            (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        });
        assertRefused(
                Reason.NOT_A_WORKBOOK,
                "of another kind",
                WorkbookXml.zip(
                        Map.of("[Content_Types].xml", bytes("<Types/>"), "word/document.xml", bytes("<document/>"))));
    }

    @Test
    void a_truncated_download_is_refused() {
        byte[] whole = good().bytes();
        for (int length : List.of(60, whole.length / 2, whole.length - 30, whole.length - 1)) {
            assertRefused(Reason.DAMAGED_WORKBOOK, "Download", Arrays.copyOf(whole, length));
        }
    }

    @Test
    void a_small_file_that_unfolds_into_gigabytes_is_refused() throws IOException {
        // The same deflated bytes under eighty names, as in the bombs that go around.
        byte[] one = withSheet(50 << 20);
        byte[] bomb = repeated(one, 80);
        assertTrue(bomb.length < 100_000, () -> "the bomb has " + bomb.length + " bytes");
        assertRefused(Reason.TOO_LARGE, "unpack", bomb);
    }

    @Test
    void a_part_that_unfolds_further_than_its_directory_says_is_refused() throws IOException {
        byte[] honest = withSheet(50 << 20);
        assertRefused(Reason.TOO_LARGE, "more than 200 times", honest);
        byte[] lying = honest.clone();
        int size = lastIndexOf(lying, new byte[] {'P', 'K', 1, 2}) + 24;
        Arrays.fill(lying, size, size + 4, (byte) 0);
        lying[size + 1] = 4;
        assertRefused(Reason.TOO_LARGE, "more than 200 times", lying);
    }

    @Test
    void many_parts_are_refused() {
        Map<String, byte[]> parts = new LinkedHashMap<>(good().parts());
        for (int i = 0; i < 1_000; i++) {
            parts.put("xl/media/image" + i + ".png", new byte[0]);
        }
        assertRefused(Reason.TOO_LARGE, "parts", WorkbookXml.zip(parts));
    }

    @Test
    void a_document_type_or_an_entity_is_refused_in_any_part() {
        String entities =
                "<?xml version=\"1.0\"?>\n<!DOCTYPE worksheet [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\n";
        for (String part : List.of(
                "xl/worksheets/sheet1.xml",
                "xl/sharedStrings.xml",
                "xl/workbook.xml",
                "_rels/.rels",
                "[Content_Types].xml",
                "docProps/core.xml",
                "xl/theme/theme1.xml")) {
            assertRefused(
                    Reason.DOCUMENT_TYPE,
                    part,
                    good().part(part, entities + "<worksheet>&c;</worksheet>").bytes());
        }
        assertRefused(
                Reason.DAMAGED_WORKBOOK,
                "sharedStrings",
                good().part("xl/sharedStrings.xml", "<sst><si><t>&undeclared;</t></si></sst>")
                        .bytes());
    }

    @Test
    void markup_beyond_any_cell_is_refused() {
        String start = "<worksheet><sheetData><row r=\"1\">";
        String end = "</row></sheetData></worksheet>";
        Map<String, Reason> sheets = new LinkedHashMap<>();
        sheets.put("<c r=\"A1\" t=\"str\"><v>" + "x".repeat(40_000) + "</v></c>", Reason.TOO_LARGE);
        sheets.put("<c r=\"A1\" t=\"str\"><v>" + "x".repeat(4 << 20) + "</v></c>", Reason.TOO_LARGE);
        sheets.put("<c r=\"A1\" t=\"str\"><v><![CDATA[" + "<>".repeat(2 << 20) + "]]></v></c>", Reason.TOO_LARGE);
        sheets.put("<c r=\"A1\" s=\"" + " ".repeat(4 << 20) + "\"/>", Reason.TOO_LARGE);
        sheets.put("<c>".repeat(100_000), Reason.DAMAGED_WORKBOOK);
        sheets.put("<c r=\"7\"><v>1</v></c>", Reason.DAMAGED_WORKBOOK);
        sheets.put("<c r=\"A1\" t=\"s\"><v>12345</v></c>", Reason.DAMAGED_WORKBOOK);
        sheets.put("<c r=\"A1\" t=\"s\"><v>9999999999</v></c>", Reason.DAMAGED_WORKBOOK);
        sheets.put("</row><row r=\"1\">", Reason.DAMAGED_WORKBOOK);
        sheets.forEach((cells, reason) -> assertRefused(
                reason,
                "",
                good().part("xl/worksheets/sheet1.xml", start + cells + end).bytes()));
    }

    @Test
    void an_800_column_table_is_refused() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = workbook.tab("Sheet1");
        tab.row(java.util.stream.Stream.concat(
                        Fixture.HEADERS.stream(),
                        java.util.stream.IntStream.range(7, 800).mapToObj(i -> "COLUMN " + i))
                .toArray(String[]::new));
        tab.row(Fixture.row("Agency"));
        assertRefused(Reason.TOO_MANY_COLUMNS, "column number 100", workbook.bytes());
    }

    @Test
    void columns_that_are_only_formatted_do_not_count() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        List<Cell> row = Fixture.row("Agency");
        for (int i = 0; i < 800; i++) {
            row.add(new Cell.Empty());
        }
        tab.row(row);
        assertEquals(1, Fixture.read(workbook).sheet().rows().size());
    }

    @Test
    void a_missing_column_is_named() {
        for (String missing : Fixture.HEADERS) {
            WorkbookXml workbook = new WorkbookXml();
            workbook.tab("Sheet1")
                    .row(Fixture.HEADERS.stream()
                            .filter(header -> !header.equals(missing))
                            .toArray(String[]::new));
            assertRefused(Reason.MISSING_COLUMN, missing, workbook.bytes());
        }
    }

    @Test
    void the_other_kinds_workbook_is_refused() {
        WorkbookXml pending = new WorkbookXml();
        pending.tab("Sheet1").row(Fixture.HEADERS.subList(0, 5).toArray(String[]::new));
        SheetRejected asParticipating = assertRefused(Reason.WRONG_KIND, "kind=pending", pending.bytes());
        assertEquals("kind", asParticipating.reason().parameter());
        SheetRejected asPending = assertThrows(SheetRejected.class, () -> new SheetReader()
                .read(good().bytes(), new SheetSource(Fixture.PARTICIPATING, SheetKind.PENDING, null)));
        assertEquals(Reason.WRONG_KIND, asPending.reason());
        assertTrue(asPending.detail().contains("SIGNED"), asPending::detail);
    }

    @Test
    void a_header_that_stands_twice_is_refused() {
        WorkbookXml workbook = new WorkbookXml();
        workbook.tab("Sheet1")
                .row("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA", "Signed ");
        assertRefused(Reason.DUPLICATE_COLUMN, "SIGNED", workbook.bytes());
    }

    @Test
    void a_workbook_without_a_table_or_with_two_is_refused() {
        WorkbookXml none = new WorkbookXml();
        none.tab("Sheet1").row("Hello").row("STATE", "NAME");
        assertRefused(Reason.NO_TABLE, "LAW ENFORCEMENT AGENCY", none.bytes());
        WorkbookXml two = good();
        two.tab("Copy").row(Fixture.HEADERS.toArray(String[]::new)).row(Fixture.row("Agency"));
        assertRefused(Reason.SEVERAL_TABLES, "'Sheet1' and 'Copy'", two.bytes());
    }

    @Test
    void a_name_that_says_neither_kind_nor_date_asks_for_them() {
        byte[] workbook = good().bytes();
        assertEquals(
                Reason.KIND_UNKNOWN,
                refusal(workbook, SheetSource.named("06062025am.xlsx")).reason());
        SheetRejected undated = refusal(workbook, SheetSource.named("participatingAgencies.xlsx"));
        assertEquals(Reason.PUBLICATION_UNKNOWN, undated.reason());
        assertEquals("published_at", undated.reason().parameter());
        Sheet sheet = new SheetReader()
                .read(workbook, new SheetSource("", SheetKind.PARTICIPATING, "2025-06-06 pm"))
                .sheet();
        assertEquals("2025-06-06 pm", sheet.publication().label());
        assertEquals("", sheet.fileName());
    }

    private static WorkbookXml good() {
        WorkbookXml workbook = new WorkbookXml();
        Fixture.headed(workbook).row(Fixture.row("Agency"));
        return workbook;
    }

    private static SheetRejected assertRefused(Reason reason, String words, byte[] file) {
        SheetRejected refusal = refusal(file, SheetSource.named(Fixture.PARTICIPATING));
        assertEquals(reason, refusal.reason(), refusal::detail);
        assertTrue(refusal.detail().contains(words), refusal::detail);
        assertTrue(refusal.detail().endsWith("."), refusal::detail);
        return refusal;
    }

    private static SheetRejected refusal(byte[] file, SheetSource source) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(SheetRejected.class, () -> new SheetReader().read(file, source)));
    }

    /** A workbook whose sheet, its last part, is of this size and deflates a thousandfold. */
    private static byte[] withSheet(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : good().parts().entrySet()) {
                if (!part.getKey().endsWith("sheet1.xml")) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(part.getValue());
                }
            }
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            String sheet = new String(content(good().parts(), "xl/worksheets/sheet1.xml"), StandardCharsets.UTF_8);
            zip.write(bytes(sheet.replace("</sheetData>", "<row/>".repeat(size / 6) + "</sheetData>")));
        }
        return bytes.toByteArray();
    }

    private static byte[] content(Map<String, byte[]> parts, String name) {
        byte[] content = parts.get(name);
        return content == null ? new byte[0] : content;
    }

    /** The archive with its last directory entry repeated under other names of the same length. */
    private static byte[] repeated(byte[] archive, int times) {
        int last = lastIndexOf(archive, new byte[] {'P', 'K', 1, 2});
        int end = lastIndexOf(archive, new byte[] {'P', 'K', 5, 6});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(archive, 0, end);
        for (int i = 0; i < times; i++) {
            byte[] entry = Arrays.copyOfRange(archive, last, end);
            entry[46] = (byte) ('A' + i % 26);
            entry[47] = (byte) ('A' + i / 26);
            bytes.writeBytes(entry);
        }
        byte[] tail = Arrays.copyOfRange(archive, end, archive.length);
        ByteBuffer fields = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        fields.putShort(8, (short) (fields.getShort(8) + times));
        fields.putShort(10, (short) (fields.getShort(10) + times));
        fields.putInt(12, fields.getInt(12) + times * (end - last));
        bytes.writeBytes(tail);
        return bytes.toByteArray();
    }

    private static int lastIndexOf(byte[] bytes, byte[] sought) {
        for (int i = bytes.length - sought.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
