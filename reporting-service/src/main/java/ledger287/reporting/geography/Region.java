package ledger287.reporting.geography;

import static ledger287.reporting.geography.State.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Groups of states. Regions and divisions are the Census Bureau's ("Census Regions and Divisions of the United States");
 * territories belong to none. {@code southeast} is ours: the divisions South Atlantic and East South Central.
 */
public enum Region {
    NEW_ENGLAND("new_england"),
    MIDDLE_ATLANTIC("middle_atlantic"),
    EAST_NORTH_CENTRAL("east_north_central"),
    WEST_NORTH_CENTRAL("west_north_central"),
    SOUTH_ATLANTIC("south_atlantic"),
    EAST_SOUTH_CENTRAL("east_south_central"),
    WEST_SOUTH_CENTRAL("west_south_central"),
    MOUNTAIN("mountain"),
    PACIFIC("pacific"),
    NORTHEAST("northeast"),
    MIDWEST("midwest"),
    SOUTH("south"),
    WEST("west"),
    SOUTHEAST("southeast");

    private final String code;

    Region(String code) {
        this.code = code;
    }

    /** The name in queries, e.g. {@code south_atlantic}. */
    public String code() {
        return code;
    }

    /** The states that belong to it. */
    public Set<State> states() {
        return switch (this) {
            case NEW_ENGLAND -> EnumSet.of(CT, ME, MA, NH, RI, VT);
            case MIDDLE_ATLANTIC -> EnumSet.of(NJ, NY, PA);
            case EAST_NORTH_CENTRAL -> EnumSet.of(IL, IN, MI, OH, WI);
            case WEST_NORTH_CENTRAL -> EnumSet.of(IA, KS, MN, MO, NE, ND, SD);
            case SOUTH_ATLANTIC -> EnumSet.of(DE, DC, FL, GA, MD, NC, SC, VA, WV);
            case EAST_SOUTH_CENTRAL -> EnumSet.of(AL, KY, MS, TN);
            case WEST_SOUTH_CENTRAL -> EnumSet.of(AR, LA, OK, TX);
            case MOUNTAIN -> EnumSet.of(AZ, CO, ID, MT, NV, NM, UT, WY);
            case PACIFIC -> EnumSet.of(AK, CA, HI, OR, WA);
            case NORTHEAST -> together(NEW_ENGLAND, MIDDLE_ATLANTIC);
            case MIDWEST -> together(EAST_NORTH_CENTRAL, WEST_NORTH_CENTRAL);
            case SOUTH -> together(SOUTH_ATLANTIC, EAST_SOUTH_CENTRAL, WEST_SOUTH_CENTRAL);
            case WEST -> together(MOUNTAIN, PACIFIC);
            case SOUTHEAST -> together(SOUTH_ATLANTIC, EAST_SOUTH_CENTRAL);
        };
    }

    /** Empty for a name that no region has. */
    public static Optional<Region> of(String code) {
        return Arrays.stream(values())
                .filter(region -> region.code.equals(code))
                .findFirst();
    }

    private static Set<State> together(Region... parts) {
        Set<State> states = EnumSet.noneOf(State.class);
        Arrays.stream(parts).forEach(part -> states.addAll(part.states()));
        return states;
    }
}
