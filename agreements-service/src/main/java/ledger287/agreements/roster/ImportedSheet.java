package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.vocabulary.SheetKind;

/**
 * A workbook the ledger has taken in, with the report of its import.
 *
 * @param sha256 hex digest of the bytes; the identity of the file
 * @param publishedAt from when the public could know
 * @param publishedLabel for people, e.g. {@code 2025-06-06 am}
 * @param changes counts by name, as in the public contract; every name present, zero included
 * @param listedAfter agreements (participating) or applications (pending) listed once the import is applied
 * @param differences every difference between rows and things, named
 */
public record ImportedSheet(
        UUID id,
        SheetKind kind,
        String fileName,
        String sha256,
        Instant publishedAt,
        String publishedLabel,
        Status status,
        RowCounts rows,
        Map<String, Integer> changes,
        int listedAfter,
        List<Difference> differences) {
    public ImportedSheet {
        differences = List.copyOf(differences);
    }

    /** Where it stands. */
    public enum Status {
        IMPORTED("imported"),
        HELD("held"),
        REJECTED("rejected"),
        RETRACTED("retracted");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }

    /** How the sheet's rows fell out; {@code data} counts hidden rows too. */
    public record RowCounts(int data, int blank, int hidden, int repaired, int underReview) {}

    /** A named difference, e.g. rows listed twice. */
    public record Difference(String kind, int count, String explanation) {}
}
