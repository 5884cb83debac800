package ledger287.operations.operation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where it can be read.
 *
 * @param archivedUrl a copy that stays when the page changes
 */
public record Source(
        String url,
        @Nullable String title,
        @Nullable String publisher,
        @Nullable LocalDate publishedOn,
        @Nullable String archivedUrl) {}
