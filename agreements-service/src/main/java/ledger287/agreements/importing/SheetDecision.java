package ledger287.agreements.importing;

import org.jspecify.annotations.Nullable;

/**
 * What an editor says of a workbook.
 *
 * @param reason in words, for readers of the ledger
 * @param sourceUrl what the decision rests on, where there is something to link
 */
public record SheetDecision(
        @Nullable String reason, @Nullable String sourceUrl) {}
