package ledger287.agreements.sheet;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workbook read to its end.
 *
 * @param modifiedAt when the file says it was last saved, null when it does not; orders a reissue
 * @param skipped rows with text that are not data rows
 */
public record SheetReading(Sheet sheet, @Nullable Instant modifiedAt, List<SkippedRow> skipped) {
    public SheetReading {
        skipped = List.copyOf(skipped);
    }
}
