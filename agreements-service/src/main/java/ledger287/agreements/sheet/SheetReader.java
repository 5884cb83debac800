package ledger287.agreements.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import ledger287.agreements.sheet.SheetRejected.Reason;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * Reads ICE's workbooks. The same bytes, name and parameters give the same reading; no clock, no roster.
 *
 * <p>Every row with data comes out, hidden or not; cells are read into their canonical form with the repairs that led
 * there, and what cannot be read in exactly one way is unknown with a doubt. Mail addresses never come out. A file that
 * cannot be taken in is refused with a {@link SheetRejected}; a disk that fails is an {@link UncheckedIOException}.
 */
public final class SheetReader {
    private final ReadingLimits limits;

    /** A reader for files that strangers send. */
    public SheetReader() {
        this(ReadingLimits.UPLOAD);
    }

    public SheetReader(ReadingLimits limits) {
        this.limits = limits;
    }

    /** Reads a workbook whole. */
    public SheetReading read(Path file, SheetSource source) {
        List<SheetRow> rows = new ArrayList<>();
        SheetOutline outline = stream(file, source, rows::add);
        return new SheetReading(outline.with(rows), outline.modifiedAt(), outline.skipped());
    }

    /** Reads a workbook whole, by way of a temporary file. */
    public SheetReading read(byte[] workbook, SheetSource source) {
        try {
            Path file = Files.createTempFile("ledger287-", ".xlsx");
            try {
                Files.write(file, workbook);
                return read(file, source);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a workbook row by row; none but the one being handed over is held. */
    public SheetOutline stream(Path file, SheetSource source, Consumer<SheetRow> rows) {
        try (WorkbookArchive archive = WorkbookArchive.open(file, limits)) {
            Workbook workbook = Workbook.open(archive, limits);
            SheetKind kind = kind(source);
            Publication publication = source.publishedAt() == null
                    ? Publication.ofFileName(source.fileName())
                    : Publication.parse(source.publishedAt());
            TableFinder.Table table = TableFinder.find(archive, workbook, kind, limits);
            Worksheet worksheet = new Worksheet(archive, workbook, table.tab(), limits);
            SignedDates dates = new SignedDates(
                    workbook.dates(),
                    publication.at().atZone(PublicationNames.NEW_YORK).toLocalDate());
            RowReader reader = new RowReader(table.tab().name(), table.header(), worksheet.overlays(), dates);
            TableRows tableRows = new TableRows(table, reader, rows);
            worksheet.rows(tableRows::take);
            return new SheetOutline(
                    kind,
                    source.fileName(),
                    sha256(file),
                    publication,
                    workbook.sample(),
                    table.tab().name(),
                    workbook.modifiedAt(),
                    tableRows.data,
                    tableRows.blank,
                    tableRows.unknownColumns(),
                    workbook.tabs().stream()
                            .filter(tab -> !tab.equals(table.tab()))
                            .map(Workbook.Tab::name)
                            .toList(),
                    tableRows.skipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows below the header, counted as they pass. */
    private final class TableRows {
        private final TableFinder.Table table;
        private final RowReader reader;
        private final Consumer<SheetRow> rows;
        private final List<SkippedRow> skipped = new ArrayList<>();
        private final BitSet used = new BitSet();
        private int data;
        private int blank;
        private int previous;
        private int leftOut;

        TableRows(TableFinder.Table table, RowReader reader, Consumer<SheetRow> rows) {
            this.table = table;
            this.reader = reader;
            this.rows = rows;
            this.previous = table.header().row();
        }

        boolean take(RawRow row) {
            if (row.number() <= table.header().row()) {
                return true;
            }
            // Rows that the file leaves out are blank ones, provided that something stands below them.
            leftOut += row.number() - previous - 1;
            previous = row.number();
            switch (reader.read(row)) {
                case RowReader.Outcome.Blank ignored -> {
                    blank++;
                    return true;
                }
                case RowReader.Outcome.Data(SheetRow dataRow) -> {
                    data++;
                    for (int place = 0; place < row.width(); place++) {
                        if (row.has(place)) {
                            used.set(place);
                        }
                    }
                    rows.accept(dataRow);
                }
                case RowReader.Outcome.Skipped(SkippedRow skippedRow) -> skipped.add(skippedRow);
            }
            blank += leftOut;
            leftOut = 0;
            WorksheetLimit.ROWS.check(data + skipped.size(), limits.rows());
            return true;
        }

        /** Columns without a header count when a data row has text in them. */
        List<String> unknownColumns() {
            List<String> unknown = new ArrayList<>(table.header().unknownTitles());
            used.stream()
                    .boxed()
                    .filter(place -> !table.header().hasTitle(place))
                    .map(table.header()::title)
                    .forEach(unknown::add);
            return unknown;
        }
    }

    private static SheetKind kind(SheetSource source) {
        if (source.kind() != null) {
            return source.kind();
        }
        String name = source.fileName().toLowerCase(Locale.ROOT);
        boolean participating = name.contains("participating");
        boolean pending = name.contains("pending");
        if (participating == pending) {
            throw new SheetRejected(
                    Reason.KIND_UNKNOWN,
                    "The file's name does not say which of ICE's two workbooks it is."
                            + " Say kind=participating or kind=pending.");
        }
        return participating ? SheetKind.PARTICIPATING : SheetKind.PENDING;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
