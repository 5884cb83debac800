package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import ledger287.agreements.sheet.SheetRejected.Reason;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/** Finds the tab and the row of headers of a workbook's table. */
final class TableFinder {
    /** Titles and notes may stand above the headers, but not a page of them. */
    private static final int ROWS_ABOVE = 30;

    private TableFinder() {}

    /** A tab with a row of headers. */
    record Table(Workbook.Tab tab, Header header) {}

    static Table find(WorkbookArchive archive, Workbook workbook, SheetKind kind, ReadingLimits limits) {
        List<Table> tables = new ArrayList<>();
        for (Workbook.Tab tab : workbook.tabs()) {
            Header header = header(new Worksheet(archive, workbook, tab, limits));
            if (header != null) {
                tables.add(new Table(tab, header));
            }
        }
        List<Table> fitting = tables.stream()
                .filter(table -> table.header().missing(kind).isEmpty() && !isOtherKind(table, kind))
                .toList();
        // A hidden tab is somebody's old copy, unless it is all there is.
        List<Table> visible =
                fitting.stream().filter(table -> table.tab().visible()).toList();
        List<Table> chosen = visible.isEmpty() ? fitting : visible;
        if (chosen.isEmpty()) {
            throw none(tables, kind);
        }
        if (chosen.size() > 1) {
            throw new SheetRejected(
                    Reason.SEVERAL_TABLES,
                    "The tabs %s each hold a table of this kind, and only one can be ICE's list. Delete the others."
                            .formatted(names(chosen)));
        }
        Header header = chosen.getFirst().header();
        if (!header.repeated().isEmpty()) {
            throw new SheetRejected(
                    Reason.DUPLICATE_COLUMN,
                    "The column %s stands in the header more than once. Rename or delete the one that is not ICE's."
                            .formatted(header.repeated().stream()
                                    .map(Column::header)
                                    .collect(Collectors.joining(", "))));
        }
        return chosen.getFirst();
    }

    private static @Nullable Header header(Worksheet worksheet) {
        List<Header> found = new ArrayList<>();
        worksheet.rows(row -> {
            Header header = Header.in(row);
            if (header != null) {
                found.add(header);
            }
            return header == null && row.number() <= ROWS_ABOVE;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The pending workbook has no SIGNED column; without it and the MOA column a table is not of agreements. */
    private static boolean isOtherKind(Table table, SheetKind kind) {
        boolean signed = table.header().columns().containsKey(Column.SIGNED);
        return switch (kind) {
            case PENDING -> signed;
            case PARTICIPATING -> !signed && !table.header().columns().containsKey(Column.MOA);
        };
    }

    private static SheetRejected none(List<Table> tables, SheetKind kind) {
        if (tables.isEmpty()) {
            return new SheetRejected(
                    Reason.NO_TABLE,
                    "No tab of the workbook has a row of headers such as %s within its first %d rows."
                            .formatted(
                                    Column.required(kind).stream()
                                            .map(Column::header)
                                            .collect(Collectors.joining(", ")),
                                    ROWS_ABOVE));
        }
        Table nearest = tables.stream()
                .min(Comparator.comparingInt(
                        table -> table.header().missing(kind).size()))
                .orElseThrow();
        List<Column> missing = nearest.header().missing(kind);
        String names = missing.stream().map(Column::header).collect(Collectors.joining(", "));
        if (isOtherKind(nearest, kind)) {
            return new SheetRejected(
                    Reason.WRONG_KIND,
                    switch (kind) {
                        case PENDING ->
                            "The tab '%s' has a column SIGNED, so it lists agreements. Send it with kind=participating."
                                    .formatted(nearest.tab().name());
                        case PARTICIPATING ->
                            "The tab '%s' lacks the columns %s, so it lists applications. Send it with kind=pending."
                                    .formatted(nearest.tab().name(), names);
                    });
        }
        return new SheetRejected(
                Reason.MISSING_COLUMN,
                "The tab '%s' lacks the column %s. Send ICE's workbook as published, with its header."
                        .formatted(nearest.tab().name(), names));
    }

    private static String names(List<Table> tables) {
        return tables.stream().map(table -> "'" + table.tab().name() + "'").collect(Collectors.joining(" and "));
    }
}
