package ledger287.agreements.sheet;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ledger287.agreements.vocabulary.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * From rows as stored to data rows. Asked for rows from top to bottom.
 *
 * <p>A merged range over several rows shows its first cell's text in each of them; so do we, as a repair. Merged across
 * columns, the text belongs to the first column only.
 */
final class RowReader {
    /** What a row is. */
    sealed interface Outcome {
        record Data(SheetRow row) implements Outcome {}

        record Skipped(SkippedRow row) implements Outcome {}

        record Blank() implements Outcome {}
    }

    private static final Outcome BLANK = new Outcome.Blank();
    private static final int SHOWN_OF_SKIPPED = 200;

    /** This many known columns with text make a data row, whatever they say. */
    private static final int ENOUGH = 3;

    private static final Set<Column> BESIDE_THE_NAME = Set.of(Column.TYPE, Column.SUPPORT_TYPE, Column.SIGNED);

    private final String tab;
    private final Header header;
    private final Overlays overlays;
    private final SignedDates dates;
    private final Map<CellReference, Anchor> anchors = new HashMap<>();

    /** The first cell of a merged range. */
    private record Anchor(RawCell cell, @Nullable String link) {}

    RowReader(String tab, Header header, Overlays overlays, SignedDates dates) {
        this.tab = tab;
        this.header = header;
        this.overlays = overlays;
        this.dates = dates;
    }

    Outcome read(RawRow row) {
        rememberMerged(row);
        if (row.blank()) {
            return BLANK;
        }
        if (header.repeatedBy(row)) {
            return skipped(row, "repeats the headers");
        }
        if (!isData(row)) {
            return skipped(row, "names no agency with a state, a type or a support type");
        }
        RowNotes notes = new RowNotes();
        Map<String, String> raw = new LinkedHashMap<>();
        Map<String, String> links = new LinkedHashMap<>();
        row.cells().forEach((place, cell) -> {
            if (!cell.text().isEmpty()) {
                raw.put(header.title(place), cell.text());
            }
            String link = overlays.link(row.number(), place);
            if (link == null && cell instanceof RawCell.Text(String text, String formulaLink)) {
                link = formulaLink;
            }
            if (link != null) {
                links.put(header.title(place), link);
            }
        });
        Cells cells = cells(row, links, notes);
        return new Outcome.Data(new SheetRow(
                tab,
                row.number(),
                row.hidden(),
                Collections.unmodifiableMap(raw),
                Collections.unmodifiableMap(links),
                cells,
                notes.repairs(),
                notes.doubts()));
    }

    private Cells cells(RawRow row, Map<String, String> links, RowNotes notes) {
        LocalDate signedOn = header.columns().containsKey(Column.SIGNED)
                ? dates.read(header.title(Column.SIGNED), cell(row, Column.SIGNED, notes), notes)
                : null;
        DocumentLinks.Both moa = DocumentLinks.moa(
                header.title(Column.MOA), cell(row, Column.MOA, notes), link(row, links, Column.MOA), notes);
        DocumentLink addendum = DocumentLinks.addendum(
                header.title(Column.ADDENDUM),
                cell(row, Column.ADDENDUM, notes),
                link(row, links, Column.ADDENDUM),
                notes);
        return new Cells(
                StateNames.read(header.title(Column.STATE), cell(row, Column.STATE, notes), notes),
                agencyName(cell(row, Column.AGENCY, notes), notes),
                AgencyTypes.read(header.title(Column.TYPE), cell(row, Column.TYPE, notes), notes),
                county(cell(row, Column.COUNTY, notes), notes),
                SupportTypes.read(header.title(Column.SUPPORT_TYPE), cell(row, Column.SUPPORT_TYPE, notes), notes),
                signedOn,
                moa.moa(),
                addendum.equals(DocumentLink.MISSING) ? moa.addendum() : addendum);
    }

    private String agencyName(RawCell cell, RowNotes notes) {
        String column = header.title(Column.AGENCY);
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return "";
        }
        return CanonicalText.of(column, cell.text(), notes);
    }

    private @Nullable String county(RawCell cell, RowNotes notes) {
        return CanonicalText.unknown(cell) ? null : CanonicalText.of(header.title(Column.COUNTY), cell.text(), notes);
    }

    private void rememberMerged(RawRow row) {
        for (int place : header.columns().values()) {
            CellReference merged = overlays.merged(row.number(), place);
            if (merged != null && merged.firstRow() == row.number() && merged.firstColumn() == place) {
                anchors.put(merged, new Anchor(row.cell(place), overlays.link(row.number(), place)));
            }
        }
    }

    private @Nullable Anchor anchor(RawRow row, Column column) {
        Integer place = header.columns().get(column);
        if (place == null || row.cells().containsKey(place)) {
            return null;
        }
        CellReference merged = overlays.merged(row.number(), place);
        return merged != null && merged.firstRow() < row.number() ? anchors.get(merged) : null;
    }

    private RawCell cell(RawRow row, Column column, RowNotes notes) {
        Integer place = header.columns().get(column);
        if (place == null) {
            return RawCell.EMPTY;
        }
        Anchor anchor = anchor(row, column);
        if (anchor == null || anchor.cell().text().isEmpty()) {
            return row.cell(place);
        }
        notes.repaired(header.title(place), "", anchor.cell().text(), "merged cell");
        return anchor.cell();
    }

    private @Nullable String link(RawRow row, Map<String, String> links, Column column) {
        Integer place = header.columns().get(column);
        if (place == null) {
            return null;
        }
        String own = links.get(header.title(place));
        if (own != null) {
            return own;
        }
        Anchor anchor = anchor(row, column);
        return anchor == null ? null : anchor.link();
    }

    private boolean isData(RawRow row) {
        int known = 0;
        for (int place : header.columns().values()) {
            if (row.cells().containsKey(place)) {
                known++;
            }
        }
        if (known >= ENOUGH) {
            return true;
        }
        if (known == 0 || !has(row, Column.AGENCY)) {
            return false;
        }
        return BESIDE_THE_NAME.stream().anyMatch(column -> has(row, column)) || namesState(row);
    }

    private boolean namesState(RawRow row) {
        Integer place = header.columns().get(Column.STATE);
        return place != null && StateNames.read(Column.STATE.header(), row.cell(place), new RowNotes()) != null;
    }

    private boolean has(RawRow row, Column column) {
        Integer place = header.columns().get(column);
        if (place == null) {
            return false;
        }
        if (row.cells().containsKey(place)) {
            return true;
        }
        Anchor anchor = anchor(row, column);
        return anchor != null && !anchor.cell().text().isEmpty();
    }

    private Outcome skipped(RawRow row, String why) {
        String text = PlainText.spaced(String.join(
                " · ", row.cells().values().stream().map(RawCell::text).toList()));
        return new Outcome.Skipped(new SkippedRow(
                tab,
                row.number(),
                text.length() <= SHOWN_OF_SKIPPED ? text : text.substring(0, SHOWN_OF_SKIPPED) + "…",
                String.format(Locale.ROOT, "Row %d %s.", row.number(), why)));
    }
}
