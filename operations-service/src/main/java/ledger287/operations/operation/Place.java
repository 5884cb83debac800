package ledger287.operations.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where an operation happened.
 *
 * @param county as the source names it; null for a whole state or when unknown
 * @param countyFips five digits, the first two those of the state
 * @param description e.g. {@code south Nashville} or {@code statewide}
 */
public record Place(
        @Nullable State state,
        @Nullable String county,
        @Nullable String countyFips,
        @Nullable String description) {}
