package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of one fact: which cells of which file, and why we read them so.
 *
 * @param source the workbook, or null for an editor's act
 * @param row the row that shows it, or null when the fact is an absence
 * @param lastSeen for an absence, the row that last showed the thing
 * @param tier which rule matched, e.g. {@code same_key}
 * @param facts what the match rests on, in words that a reader understands
 */
public record Evidence(
        @Nullable Source source,
        @Nullable Row row,
        @Nullable Receipt lastSeen,
        String tier,
        Confidence confidence,
        List<String> facts) {
    public Evidence {
        facts = List.copyOf(facts);
    }

    /** A workbook. */
    public record Source(UUID sheetId, SheetKind kind, Instant publishedAt, String fileName, String sha256) {}

    /** A row as it stood in the file, with every repair. */
    public record Row(
            String tab,
            int number,
            boolean hidden,
            Map<String, String> raw,
            Map<String, String> links,
            List<Repair> repairs) {
        public Row {
            repairs = List.copyOf(repairs);
        }
    }

    /** One step from a raw cell to its reading. */
    public record Repair(String column, String from, String to, String rule, boolean flagged) {}

    /** A row and the workbook it stood in. */
    public record Receipt(Source source, Row row) {}
}
