package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Document;
import ledger287.agreements.sheet.Cells;
import ledger287.agreements.sheet.DocumentLink;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * One row's claim to one agreement or application. A historical {@code Jail & Task Force} row makes two. Compared by
 * identity: two rows of one sheet are always two agreements, however alike.
 */
final class Entry {
    /** Whatever order the rows came in, they are looked at in this one. Equal rows are told apart by number alone. */
    private static final Comparator<Entry> CANONICAL = Comparator.<Entry, @Nullable String>comparing(
                    entry -> entry.cells().state() == null
                            ? null
                            : entry.cells().state().code(),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.key.name().text())
            .thenComparing(entry -> entry.support, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.cells().signedOn(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.cells().moa().url(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.cells().county(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.cells().agencyType(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.cells().agencyName())
            .thenComparing(entry -> entry.row.tab())
            .thenComparing(entry -> entry.row.number());

    private final SheetRow row;
    private final @Nullable SupportType support;
    private final AgencyKey key;
    private final Document moa;
    private final Document addendum;

    private Entry(SheetRow row, @Nullable SupportType support) {
        this.row = row;
        this.support = support;
        this.key = AgencyKey.of(row.cells().state(), row.cells().agencyName());
        this.moa = document(row.cells().moa());
        this.addendum = document(row.cells().addendum());
    }

    /** Every claim of a sheet in canonical order; at least one for each row. */
    static List<Entry> of(Sheet sheet) {
        List<Entry> entries = new ArrayList<>();
        for (SheetRow row : sheet.rows()) {
            List<SupportType> supports = row.cells().supportTypes();
            if (supports.isEmpty()) {
                entries.add(new Entry(row, null));
            }
            supports.forEach(support -> entries.add(new Entry(row, support)));
        }
        entries.sort(CANONICAL);
        return List.copyOf(entries);
    }

    private static Document document(DocumentLink link) {
        return new Document(link.status().code(), link.url());
    }

    SheetRow row() {
        return row;
    }

    Cells cells() {
        return row.cells();
    }

    AgencyKey key() {
        return key;
    }

    @Nullable
    SupportType support() {
        return support;
    }

    Document moa() {
        return moa;
    }

    Document addendum() {
        return addendum;
    }

    Optional<String> moaFile() {
        return moa.file();
    }

    /** Whether the date was read from a mistyped cell. */
    boolean signedRepaired() {
        return row.repairs().stream()
                .anyMatch(repair -> repair.flagged() && repair.rule().contains("date"));
    }
}
