package ledger287.operations.operation;

import org.jspecify.annotations.Nullable;

/**
 * An agency that took part.
 *
 * @param name verbatim: it is matched to the roster where it is read, never changed here
 * @param role what it did, in the source's words
 */
public record Partner(
        String name,
        @Nullable State state,
        @Nullable String role,
        @Nullable String note) {}
