package ledger287.agreements.sheet;

import ledger287.agreements.vocabulary.SheetKind;
import org.jspecify.annotations.Nullable;

/**
 * What the sender says of a workbook, beside its bytes.
 *
 * @param fileName the name it came under; may be empty
 * @param kind which workbook it is, or null to go by the name
 * @param publishedAt when ICE published it, as {@link Publication#parse} reads it, or null to go by the name
 */
public record SheetSource(
        String fileName, @Nullable SheetKind kind, @Nullable String publishedAt) {
    /** A file whose name says everything. */
    public static SheetSource named(String fileName) {
        return new SheetSource(fileName, null, null);
    }
}
