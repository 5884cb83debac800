package ledger287.reporting.reference;

import org.jspecify.annotations.Nullable;

/**
 * A state, county or place as a file of the Census Bureau has it.
 *
 * @param fips two digits for a state, five for a county or its equivalent, seven for a place; a code, never a number
 * @param state USPS
 * @param name with its suffix: Virginia, Maryland and Missouri have a city and a county of one name
 */
public record Area(
        String fips,
        String state,
        String name,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Long population) {}
