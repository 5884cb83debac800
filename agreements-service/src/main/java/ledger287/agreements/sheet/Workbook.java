package ledger287.agreements.sheet;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import ledger287.agreements.sheet.SheetRejected.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a workbook says outside its worksheets. Names of people in its properties are passed over.
 *
 * @param dates from serial numbers to days
 * @param modifiedAt when it was last saved, null when it does not say
 * @param sample whether the custom property {@code ledger287.sample} says that it is generated
 */
record Workbook(
        List<Tab> tabs,
        DateSystem dates,
        SharedStrings strings,
        CellFormats formats,
        @Nullable Instant modifiedAt,
        boolean sample) {

    /** A worksheet, by its name for people and its part in the archive. */
    record Tab(String name, String part, boolean visible) {}

    static Workbook open(WorkbookArchive archive, ReadingLimits limits) {
        Relationships ofPackage = Relationships.of(archive, "", limits);
        String main = ofPackage.part("officeDocument");
        if (main == null) {
            main = "xl/workbook.xml";
        }
        if (!archive.has(main) || !main.endsWith(".xml")) {
            throw new SheetRejected(
                    Reason.NOT_A_WORKBOOK,
                    "The file is an Office file of another kind. Save it as .xlsx (Excel workbook) and send that.");
        }
        Relationships ofWorkbook = Relationships.of(archive, main, limits);
        List<Tab> tabs = new ArrayList<>();
        boolean from1904 = false;
        try (XmlPart xml = XmlPart.open(archive, main)) {
            while (xml.next()) {
                if (xml.atStart("workbookPr")) {
                    from1904 = xml.flag("date1904");
                } else if (xml.atStart("document")) {
                    throw new SheetRejected(
                            Reason.NOT_A_WORKBOOK, "The file is a text document. Send ICE's .xlsx as published.");
                } else if (xml.atStart("sheet")) {
                    String part = ofWorkbook.target(xml.attribute("id"));
                    String name = xml.attribute("name");
                    // Chart sheets hold no cells.
                    if (part != null && name != null && part.contains("worksheets/")) {
                        String state = String.valueOf(xml.attribute("state"));
                        boolean hidden = state.equals("hidden") || state.equals("veryHidden");
                        tabs.add(new Tab(Addresses.scrub(name), part, !hidden));
                    }
                }
            }
        }
        return new Workbook(
                List.copyOf(tabs),
                from1904 ? DateSystem.FROM_1904 : DateSystem.FROM_1900,
                SharedStrings.read(archive, ofWorkbook.part("sharedStrings"), limits),
                CellFormats.read(archive, ofWorkbook.part("styles"), limits),
                modifiedAt(archive, ofPackage.part("core-properties"), limits),
                sample(archive, ofPackage.part("custom-properties"), limits));
    }

    private static @Nullable Instant modifiedAt(WorkbookArchive archive, @Nullable String part, ReadingLimits limits) {
        if (part == null || !archive.has(part)) {
            return null;
        }
        try (XmlPart xml = XmlPart.open(archive, part)) {
            while (xml.next()) {
                if (xml.atStart("modified")) {
                    return instant(xml.text(limits.cellCharacters()));
                }
            }
        }
        return null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            // W3CDTF allows a bare day as well; too coarse to order anything by.
            return null;
        }
    }

    private static boolean sample(WorkbookArchive archive, @Nullable String part, ReadingLimits limits) {
        if (part == null || !archive.has(part)) {
            return false;
        }
        try (XmlPart xml = XmlPart.open(archive, part)) {
            boolean ours = false;
            while (xml.next()) {
                if (xml.atStart("property")) {
                    ours = "ledger287.sample".equals(xml.attribute("name"));
                } else if (ours && xml.atStart()) {
                    String value = xml.text(limits.cellCharacters()).strip();
                    return value.equals("true") || value.equals("1");
                }
            }
        }
        return false;
    }
}
