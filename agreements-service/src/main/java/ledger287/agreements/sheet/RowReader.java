package ledger287.agreements.sheet;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.PlainText;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
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
    private final Readings<State> states;
    private final Readings<String> agencyNames;
    private final Readings<AgencyType> agencyTypes;
    private final Readings<String> counties;
    private final Readings<List<SupportType>> supportTypeLists;
    private final Readings<DocumentLinks.Both> unlinkedMoas;
    private final Map<CellReference, Anchor> anchors = new HashMap<>();

    /** The first cell of a merged range. */
    private record Anchor(RawCell cell, @Nullable String link) {}

    RowReader(String tab, Header header, Overlays overlays, SignedDates dates) {
        this.tab = tab;
        this.header = header;
        this.overlays = overlays;
        this.dates = dates;
        this.states = new Readings<>(header.title(Column.STATE), StateNames::read);
        this.agencyNames = new Readings<>(header.title(Column.AGENCY), RowReader::agencyName);
        this.agencyTypes = new Readings<>(header.title(Column.TYPE), AgencyTypes::read);
        this.counties = new Readings<>(header.title(Column.COUNTY), RowReader::county);
        this.supportTypeLists = new Readings<>(header.title(Column.SUPPORT_TYPE), SupportTypes::read);
        this.unlinkedMoas = new Readings<>(
                header.title(Column.MOA), (column, cell, notes) -> DocumentLinks.moa(column, cell, null, notes));
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
        for (int place = 0; place < row.width(); place++) {
            if (!row.has(place)) {
                continue;
            }
            RawCell cell = row.cell(place);
            if (!cell.text().isEmpty()) {
                raw.put(header.title(place), cell.text());
            }
            String link = overlays.link(row.number(), place);
            if (link == null && cell instanceof RawCell.Text text) {
                link = text.formulaLink();
            }
            if (link != null) {
                links.put(header.title(place), link);
            }
        }
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

    /** In the order of the columns, for so are the repairs. */
    private Cells cells(RawRow row, Map<String, String> links, RowNotes notes) {
        State state = states.read(cell(row, Column.STATE, notes), notes);
        String agencyName = agencyNames.read(cell(row, Column.AGENCY, notes), notes);
        AgencyType agencyType = agencyTypes.read(cell(row, Column.TYPE, notes), notes);
        String county = counties.read(cell(row, Column.COUNTY, notes), notes);
        List<SupportType> supportTypes = supportTypeLists.read(cell(row, Column.SUPPORT_TYPE, notes), notes);
        LocalDate signedOn = header.columns().containsKey(Column.SIGNED)
                ? dates.read(header.title(Column.SIGNED), cell(row, Column.SIGNED, notes), notes)
                : null;
        DocumentLinks.Both moa = moa(row, link(row, links, Column.MOA), notes);
        DocumentLink addendum = header.columns().containsKey(Column.ADDENDUM)
                ? DocumentLinks.addendum(
                        header.title(Column.ADDENDUM),
                        cell(row, Column.ADDENDUM, notes),
                        link(row, links, Column.ADDENDUM),
                        notes)
                : DocumentLink.MISSING;
        return new Cells(
                state,
                agencyName == null ? "" : agencyName,
                agencyType,
                county,
                supportTypes == null ? List.of() : supportTypes,
                signedOn,
                moa.moa(),
                addendum.equals(DocumentLink.MISSING) ? moa.addendum() : addendum);
    }

    private DocumentLinks.Both moa(RawRow row, @Nullable String address, RowNotes notes) {
        RawCell cell = cell(row, Column.MOA, notes);
        DocumentLinks.Both unlinked = address == null ? unlinkedMoas.read(cell, notes) : null;
        return unlinked != null ? unlinked : DocumentLinks.moa(header.title(Column.MOA), cell, address, notes);
    }

    private static @Nullable String agencyName(String column, RawCell cell, RowNotes notes) {
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return null;
        }
        return CanonicalText.of(column, cell.text(), notes);
    }

    private static @Nullable String county(String column, RawCell cell, RowNotes notes) {
        return CanonicalText.unknown(cell) ? null : CanonicalText.of(column, cell.text(), notes);
    }

    private void rememberMerged(RawRow row) {
        if (!overlays.anyMerged()) {
            return;
        }
        for (int place : header.columns().values()) {
            CellReference merged = overlays.merged(row.number(), place);
            if (merged != null && merged.firstRow() == row.number() && merged.firstColumn() == place) {
                anchors.put(merged, new Anchor(row.cell(place), overlays.link(row.number(), place)));
            }
        }
    }

    private @Nullable Anchor anchor(RawRow row, Column column) {
        Integer place = header.columns().get(column);
        if (place == null || row.has(place) || !overlays.anyMerged()) {
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
            if (row.has(place)) {
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
        return place != null && states.read(row.cell(place), new RowNotes()) != null;
    }

    private boolean has(RawRow row, Column column) {
        Integer place = header.columns().get(column);
        if (place == null) {
            return false;
        }
        if (row.has(place)) {
            return true;
        }
        Anchor anchor = anchor(row, column);
        return anchor != null && !anchor.cell().text().isEmpty();
    }

    private Outcome skipped(RawRow row, String why) {
        String text = PlainText.spaced(String.join(" · ", row.texts()));
        return new Outcome.Skipped(new SkippedRow(
                tab,
                row.number(),
                text.length() <= SHOWN_OF_SKIPPED ? text : text.substring(0, SHOWN_OF_SKIPPED) + "…",
                String.format(Locale.ROOT, "Row %d %s.", row.number(), why)));
    }
}
