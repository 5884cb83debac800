package ledger287.local.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes .xlsx files as the XML parts they consist of, so that it can write what no well-behaved library would: ranged
 * hyperlinks, rows left out, document types, texts in every one of their forms. The same calls give the same bytes on
 * every machine, which is why nothing is compressed: deflaters differ.
 */
public final class WorkbookXml {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /** The style of cells that show their number as a day. */
    private static final int DAY_STYLE = 1;

    private final List<Tab> tabs = new ArrayList<>();
    private final Map<String, Integer> sharedStrings = new LinkedHashMap<>();
    private final Map<String, String> customProperties = new LinkedHashMap<>();
    private final Map<String, byte[]> partsByHand = new LinkedHashMap<>();
    private boolean from1904;
    private @Nullable Instant modified;
    private @Nullable String lastModifiedBy;

    /** A cell. */
    public sealed interface Cell {
        /** Text in the table of shared strings, as Excel writes it. */
        record Shared(String text) implements Cell {}

        /** Shared text in several runs of their own formatting, the first with a reading above it that is not text. */
        record Rich(List<String> runs) implements Cell {}

        /** Text in the cell itself. */
        record Inline(String text) implements Cell {}

        /** A number without a format. */
        record Plain(String number) implements Cell {}

        /** A number that is shown as a day. */
        record Day(LocalDate day) implements Cell {}

        /** An error such as {@code #N/A}. */
        record Failed(String error) implements Cell {}

        /** A formula and the text it last gave. */
        record Formula(String formula, String text) implements Cell {}

        /** Nothing, in a cell that exists. */
        record Empty() implements Cell {}

        /** No cell. */
        record Absent() implements Cell {}

        /** The element as given; {@code %s} in it becomes the cell's reference. */
        record ByHand(String xml) implements Cell {}

        /** Text as Excel writes it. */
        static Cell of(String text) {
            return new Shared(text);
        }
    }

    /** A worksheet. */
    public final class Tab {
        private final String name;
        private final StringBuilder rows = new StringBuilder();
        private final List<String> merged = new ArrayList<>();
        private final List<String> hyperlinks = new ArrayList<>();
        private final List<String> relationships = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();
        private final List<Integer> hiddenColumns = new ArrayList<>();
        private boolean hidden;
        private int next = 1;

        private Tab(String name) {
            this.name = name;
        }

        /** Hides the tab. */
        public Tab hidden() {
            hidden = true;
            return this;
        }

        /** The number that the next row will have. */
        public int next() {
            return next;
        }

        /** Leaves rows out of the file, so that the next one has this number. */
        public Tab goTo(int row) {
            next = row;
            return this;
        }

        /** A row of shared texts. */
        public Tab row(String... texts) {
            return row(List.of(texts).stream().map(Cell::of).toList());
        }

        /** A row. */
        public Tab row(List<Cell> cells) {
            return row(cells, "");
        }

        /** A row that a filter hid. */
        public Tab hiddenRow(List<Cell> cells) {
            return row(cells, " hidden=\"1\"");
        }

        /** A row with cells in it, all empty. */
        public Tab blankRow() {
            return row(List.of(new Cell.Empty(), new Cell.Empty()));
        }

        /** Makes a cell or a range ({@code G5:G6}) a hyperlink to an address. */
        public Tab link(String reference, String address) {
            String id = "rId" + (relationships.size() + 1);
            relationships.add("<Relationship Id=\"%s\" Type=\"%s/hyperlink\" Target=\"%s\" TargetMode=\"External\"/>"
                    .formatted(id, OFFICE, escaped(address)));
            hyperlinks.add("<hyperlink ref=\"%s\" r:id=\"%s\"/>".formatted(reference, id));
            return this;
        }

        /** Makes a cell a hyperlink to a place in the workbook. */
        public Tab linkWithin(String reference, String place) {
            hyperlinks.add("<hyperlink ref=\"%s\" location=\"%s\" display=\"%s\"/>"
                    .formatted(reference, escaped(place), escaped(place)));
            return this;
        }

        /** Merges a range. */
        public Tab merge(String range) {
            merged.add("<mergeCell ref=\"%s\"/>".formatted(range));
            return this;
        }

        /** Hides a column, from 1. */
        public Tab hideColumn(int column) {
            hiddenColumns.add(column);
            return this;
        }

        /** Puts a person's comment on a cell. */
        public Tab comment(String reference, String author, String text) {
            comments.add("<comment ref=\"%s\" authorId=\"0\"><text><r><t>%s: %s</t></r></text></comment>"
                    .formatted(reference, escaped(author), escaped(text)));
            return this;
        }

        private Tab row(List<Cell> cells, String attributes) {
            rows.append("<row r=\"").append(next).append('"').append(attributes).append('>');
            for (int column = 0; column < cells.size(); column++) {
                rows.append(xml(cells.get(column), letters(column) + next));
            }
            rows.append("</row>");
            next++;
            return this;
        }

        private String worksheet() {
            StringBuilder xml = new StringBuilder(DECLARATION)
                    .append("<worksheet xmlns=\"%s\" xmlns:r=\"%s\">".formatted(MAIN, OFFICE))
                    .append("<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>");
            if (!hiddenColumns.isEmpty()) {
                xml.append("<cols>");
                hiddenColumns.forEach(column ->
                        xml.append("<col min=\"%d\" max=\"%d\" width=\"20\" hidden=\"1\"/>".formatted(column, column)));
                xml.append("</cols>");
            }
            xml.append("<sheetData>").append(rows).append("</sheetData>");
            wrap(xml, "mergeCells", merged);
            wrap(xml, "hyperlinks", hyperlinks);
            return xml.append("</worksheet>").toString();
        }
    }

    /** Adds a worksheet. */
    public Tab tab(String name) {
        Tab tab = new Tab(name);
        tabs.add(tab);
        return tab;
    }

    /** Counts days from 1904; to be called before any day is written. */
    public WorkbookXml from1904() {
        from1904 = true;
        return this;
    }

    /** When, and by whom, it was last saved. */
    public WorkbookXml modified(Instant at, String by) {
        modified = at;
        lastModifiedBy = by;
        return this;
    }

    /** A custom document property. */
    public WorkbookXml property(String name, String value) {
        customProperties.put(name, value);
        return this;
    }

    /** Adds a part, or puts it in the place of one that would have been written. */
    public WorkbookXml part(String name, String content) {
        put(partsByHand, name, content);
        return this;
    }

    /** The parts by name, as they will be written. */
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        put(parts, "[Content_Types].xml", contentTypes());
        put(parts, "_rels/.rels", packageRelationships());
        put(parts, "xl/workbook.xml", workbook());
        put(parts, "xl/_rels/workbook.xml.rels", workbookRelationships());
        for (int i = 0; i < tabs.size(); i++) {
            Tab tab = tabs.get(i);
            List<String> relationships = new ArrayList<>(tab.relationships);
            if (!tab.comments.isEmpty()) {
                relationships.add("<Relationship Id=\"rIdC\" Type=\"%s/comments\" Target=\"../comments%d.xml\"/>"
                        .formatted(OFFICE, i + 1));
                put(parts, "xl/comments%d.xml".formatted(i + 1), comments(tab));
            }
            if (!relationships.isEmpty()) {
                put(
                        parts,
                        "xl/worksheets/_rels/sheet%d.xml.rels".formatted(i + 1),
                        relationships(String.join("", relationships)));
            }
            put(parts, "xl/worksheets/sheet%d.xml".formatted(i + 1), tab.worksheet());
        }
        put(parts, "xl/sharedStrings.xml", strings());
        put(parts, "xl/styles.xml", styles());
        put(parts, "docProps/core.xml", coreProperties());
        put(parts, "docProps/custom.xml", customPropertiesPart());
        parts.putAll(partsByHand);
        return parts;
    }

    /** The file. */
    public byte[] bytes() {
        return zip(parts());
    }

    /** Writes the file. */
    public void write(Path file) {
        try {
            Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Any parts as a zip, stored. */
    public static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                CRC32 crc = new CRC32();
                crc.update(part.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(part.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        }
        return bytes.toByteArray();
    }

    private String xml(Cell cell, String reference) {
        return switch (cell) {
            case Cell.Shared(String text) ->
                "<c r=\"%s\" t=\"s\"><v>%d</v></c>"
                        .formatted(reference, shared("<t xml:space=\"preserve\">%s</t>".formatted(escaped(text))));
            case Cell.Rich(List<String> runs) -> {
                StringBuilder rich = new StringBuilder();
                runs.forEach(run ->
                        rich.append("<r><rPr><b/></rPr><t xml:space=\"preserve\">%s</t></r>".formatted(escaped(run))));
                rich.append("<rPh sb=\"0\" eb=\"1\"><t>reading aloud</t></rPh>");
                yield "<c r=\"%s\" t=\"s\"><v>%d</v></c>".formatted(reference, shared(rich.toString()));
            }
            case Cell.Inline(String text) ->
                "<c r=\"%s\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>"
                        .formatted(reference, escaped(text));
            case Cell.Plain(String number) -> "<c r=\"%s\"><v>%s</v></c>".formatted(reference, number);
            case Cell.Day(LocalDate day) ->
                "<c r=\"%s\" s=\"%d\"><v>%d</v></c>".formatted(reference, DAY_STYLE, serial(day));
            case Cell.Failed(String error) -> "<c r=\"%s\" t=\"e\"><v>%s</v></c>".formatted(reference, error);
            case Cell.Formula(String formula, String text) ->
                "<c r=\"%s\" t=\"str\"><f>%s</f><v>%s</v></c>".formatted(reference, escaped(formula), escaped(text));
            case Cell.Empty() -> "<c r=\"%s\" s=\"0\"/>".formatted(reference);
            case Cell.Absent() -> "";
            case Cell.ByHand(String byHand) -> byHand.formatted(reference);
        };
    }

    private int shared(String xml) {
        return sharedStrings.computeIfAbsent(xml, added -> sharedStrings.size());
    }

    private long serial(LocalDate day) {
        return from1904
                ? ChronoUnit.DAYS.between(LocalDate.of(1904, 1, 1), day)
                : ChronoUnit.DAYS.between(LocalDate.of(1899, 12, 30), day);
    }

    private String contentTypes() {
        StringBuilder xml = new StringBuilder(DECLARATION)
                .append("<Types xmlns=\"%scontent-types\">".formatted(PACKAGE))
                .append(
                        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>")
                .append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        override(xml, "/xl/workbook.xml", TYPES + "sheet.main+xml");
        for (int i = 1; i <= tabs.size(); i++) {
            override(xml, "/xl/worksheets/sheet%d.xml".formatted(i), TYPES + "worksheet+xml");
        }
        override(xml, "/xl/sharedStrings.xml", TYPES + "sharedStrings+xml");
        override(xml, "/xl/styles.xml", TYPES + "styles+xml");
        override(xml, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        override(xml, "/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
        return xml.append("</Types>").toString();
    }

    private static void override(StringBuilder xml, String part, String type) {
        xml.append("<Override PartName=\"%s\" ContentType=\"%s\"/>".formatted(part, type));
    }

    private static String packageRelationships() {
        return relationships(
                "<Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/>".formatted(OFFICE)
                        + "<Relationship Id=\"rId2\" Type=\"%srelationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                                .formatted(PACKAGE)
                        + "<Relationship Id=\"rId3\" Type=\"%s/custom-properties\" Target=\"docProps/custom.xml\"/>"
                                .formatted(OFFICE));
    }

    private String workbook() {
        StringBuilder xml = new StringBuilder(DECLARATION)
                .append("<workbook xmlns=\"%s\" xmlns:r=\"%s\">".formatted(MAIN, OFFICE))
                .append(from1904 ? "<workbookPr date1904=\"1\"/>" : "<workbookPr/>")
                .append("<sheets>");
        for (int i = 0; i < tabs.size(); i++) {
            xml.append("<sheet name=\"%s\" sheetId=\"%d\"%s r:id=\"rId%d\"/>"
                    .formatted(escaped(tabs.get(i).name), i + 1, tabs.get(i).hidden ? " state=\"hidden\"" : "", i + 1));
        }
        return xml.append("</sheets></workbook>").toString();
    }

    private String workbookRelationships() {
        StringBuilder xml = new StringBuilder();
        for (int i = 1; i <= tabs.size(); i++) {
            xml.append("<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                    .formatted(i, OFFICE, i));
        }
        xml.append(
                "<Relationship Id=\"rIdS\" Type=\"%s/sharedStrings\" Target=\"sharedStrings.xml\"/>".formatted(OFFICE));
        xml.append("<Relationship Id=\"rIdF\" Type=\"%s/styles\" Target=\"styles.xml\"/>".formatted(OFFICE));
        return relationships(xml.toString());
    }

    private static String relationships(String relationships) {
        return DECLARATION
                + "<Relationships xmlns=\"%srelationships\">%s</Relationships>".formatted(PACKAGE, relationships);
    }

    private static String comments(Tab tab) {
        return DECLARATION
                + "<comments xmlns=\"%s\"><authors><author>Somebody</author></authors><commentList>%s</commentList></comments>"
                        .formatted(MAIN, String.join("", tab.comments));
    }

    private String strings() {
        StringBuilder xml = new StringBuilder(DECLARATION).append("<sst xmlns=\"%s\">".formatted(MAIN));
        sharedStrings
                .keySet()
                .forEach(string -> xml.append("<si>").append(string).append("</si>"));
        return xml.append("</sst>").toString();
    }

    private static String styles() {
        return DECLARATION
                + "<styleSheet xmlns=\"%s\">".formatted(MAIN)
                + "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
                + "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
                + "</styleSheet>";
    }

    private String coreProperties() {
        StringBuilder xml = new StringBuilder(DECLARATION)
                .append("<cp:coreProperties xmlns:cp=\"%smetadata/core-properties\"".formatted(PACKAGE))
                .append(" xmlns:dcterms=\"http://purl.org/dc/terms/\"")
                .append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
        if (lastModifiedBy != null) {
            xml.append("<cp:lastModifiedBy>%s</cp:lastModifiedBy>".formatted(escaped(lastModifiedBy)));
        }
        if (modified != null) {
            xml.append("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%s</dcterms:modified>".formatted(modified));
        }
        return xml.append("</cp:coreProperties>").toString();
    }

    private String customPropertiesPart() {
        StringBuilder xml = new StringBuilder(DECLARATION)
                .append("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"")
                .append(" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");
        int id = 2;
        for (Map.Entry<String, String> property : customProperties.entrySet()) {
            xml.append("<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"%d\" name=\"%s\">"
                            .formatted(id++, escaped(property.getKey())))
                    .append("<vt:lpwstr>%s</vt:lpwstr></property>".formatted(escaped(property.getValue())));
        }
        return xml.append("</Properties>").toString();
    }

    private static void wrap(StringBuilder xml, String element, List<String> children) {
        if (!children.isEmpty()) {
            xml.append('<').append(element).append('>');
            children.forEach(xml::append);
            xml.append("</").append(element).append('>');
        }
    }

    private static void put(Map<String, byte[]> parts, String name, String xml) {
        parts.put(name, xml.getBytes(StandardCharsets.UTF_8));
    }

    static String letters(int column) {
        String letter = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? letter : letters(column / 26 - 1) + letter;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
