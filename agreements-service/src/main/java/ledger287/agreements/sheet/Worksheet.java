package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.agreements.sheet.SheetRejected.Reason;
import ledger287.agreements.vocabulary.PlainText;
import org.jspecify.annotations.Nullable;

/** One tab of a workbook, read forward and never held whole. */
final class Worksheet {
    private static final Pattern HYPERLINK_FORMULA = Pattern.compile(
            "^\\s*=?\\s*(?:_xlfn\\.)?HYPERLINK\\(\\s*\"([^\"]*+(?:\"\"[^\"]*+)*+)\"", Pattern.CASE_INSENSITIVE);

    private final WorkbookArchive archive;
    private final Workbook workbook;
    private final Workbook.Tab tab;
    private final ReadingLimits limits;

    Worksheet(WorkbookArchive archive, Workbook workbook, Workbook.Tab tab, ReadingLimits limits) {
        this.archive = archive;
        this.workbook = workbook;
        this.tab = tab;
        this.limits = limits;
    }

    /** Hands over every row that the file has an element for, blank ones too, until the reader has had enough. */
    void rows(Predicate<RawRow> wantsMore) {
        try (XmlPart xml = XmlPart.open(archive, tab.part())) {
            int previous = 0;
            int width = 0;
            while (xml.next()) {
                if (xml.atStart("row")) {
                    RawRow row = row(xml, previous, width);
                    width = Math.max(width, row.width());
                    if (row.number() <= previous) {
                        throw new SheetRejected(
                                Reason.DAMAGED_WORKBOOK,
                                "Row %d of the tab '%s' comes after row %d. Download the file again."
                                        .formatted(row.number(), tab.name(), previous));
                    }
                    previous = row.number();
                    if (!wantsMore.test(row)) {
                        return;
                    }
                } else if (xml.atEnd("sheetData")) {
                    return;
                }
            }
        }
    }

    /** What stands behind the rows: hyperlinks and merged ranges. Comments, which people sign, are not read at all. */
    Overlays overlays() {
        Relationships relationships = Relationships.of(archive, tab.part(), limits);
        Map<Long, String> links = new HashMap<>();
        List<Overlays.RangeLink> ranges = new ArrayList<>();
        List<CellReference> merged = new ArrayList<>();
        try (XmlPart xml = XmlPart.openWithoutRows(archive, tab.part())) {
            while (xml.next()) {
                if (xml.atStart("hyperlink")) {
                    String reference = xml.attribute("ref");
                    String address = relationships.target(xml.attribute("id"));
                    WorksheetLimit.LINKS.check(links.size() + ranges.size() + 1, limits.links());
                    // Without a relationship it leads to a place in the workbook.
                    if (reference != null && address != null) {
                        CellReference cells = CellReference.of(reference);
                        if (cells.single()) {
                            links.put(Overlays.key(cells.firstRow(), cells.firstColumn()), address);
                        } else {
                            ranges.add(new Overlays.RangeLink(cells, address));
                        }
                    }
                } else if (xml.atStart("mergeCell")) {
                    String reference = xml.attribute("ref");
                    WorksheetLimit.MERGED_RANGES.check(merged.size() + 1, limits.links());
                    if (reference != null) {
                        merged.add(CellReference.of(reference));
                    }
                }
            }
        }
        return new Overlays(links, ranges, merged);
    }

    private RawRow row(XmlPart xml, int previous, int width) {
        RawRow row = new RawRow(xml.number("r", previous + 1), xml.flag("hidden"), width);
        int column = -1;
        while (xml.next()) {
            if (xml.atEnd("row")) {
                return row;
            }
            if (xml.atStart("c")) {
                int style = -1;
                String type = null;
                int place = column + 1;
                for (int i = 0; i < xml.attributes(); i++) {
                    switch (xml.attributeName(i)) {
                        case "r" -> place = CellReference.column(xml.attributeValue(i));
                        case "t" -> type = xml.attributeValue(i);
                        case "s" -> style = i;
                        default -> {}
                    }
                }
                // Only numbers are shown by their style.
                style = style < 0 || (type != null && !type.equals("n")) ? -1 : xml.parse(xml.attributeValue(style));
                column = place;
                RawCell cell = cell(xml, type, style);
                if (cell != null) {
                    WorksheetLimit.COLUMNS.check(column + 1, limits.columns());
                    row.put(column, cell);
                }
            }
        }
        return row;
    }

    /** The cell just started, or null when it shows nothing. */
    private @Nullable RawCell cell(XmlPart xml, @Nullable String type, int style) {
        RawCell cell = null;
        String formula = null;
        while (xml.next() && !xml.atEnd("c")) {
            if (xml.atStart("v")) {
                cell = stored(xml, type, style);
            } else if (xml.atStart("is")) {
                cell = new RawCell.Text(SharedStrings.richText(xml, "is", limits), null);
            } else if (xml.atStart("f")) {
                formula = xml.text(limits.cellCharacters());
            }
        }
        if (formula != null && (cell == null || cell instanceof RawCell.Text)) {
            // A formula whose value was not kept still leads somewhere.
            cell = new RawCell.Text(cell == null ? "" : cell.text(), formulaLink(formula));
        }
        boolean nothing =
                cell instanceof RawCell.Text text && text.formulaLink() == null && PlainText.isBlank(text.text());
        return nothing ? null : cell;
    }

    /** The value just started. */
    private RawCell stored(XmlPart xml, @Nullable String type, int style) {
        if ("s".equals(type)) {
            return workbook.strings().get(xml.wholeNumber());
        }
        String value = xml.text(limits.cellCharacters());
        return switch (type) {
            case "str" -> new RawCell.Text(Addresses.scrub(CellText.unescaped(value)), null);
            case "inlineStr", "d" -> new RawCell.Text(Addresses.scrub(value), null);
            case "e" -> new RawCell.ErrorValue(Addresses.scrub(value));
            case "b" -> new RawCell.Text(value.strip().equals("1") ? "TRUE" : "FALSE", null);
            case null, default -> number(value, style);
        };
    }

    private RawCell number(String value, int style) {
        double number;
        try {
            number = Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            // Some writers leave the type out; what is shown is the text.
            return new RawCell.Text(Addresses.scrub(value), null);
        }
        String shown = workbook.formats().shown(style, workbook.dates(), number);
        return new RawCell.Numeric(shown == null ? CellText.number(value.strip(), number) : shown, number);
    }

    private static @Nullable String formulaLink(String formula) {
        Matcher link = HYPERLINK_FORMULA.matcher(formula);
        return link.find() ? Addresses.clean(link.group(1).replace("\"\"", "\"")) : null;
    }
}
