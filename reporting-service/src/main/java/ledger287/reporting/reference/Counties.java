package ledger287.reporting.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the county that a cell names. The whole name decides, suffix included; a name without a suffix only where one
 * county alone has it, since Baltimore is a county and a city. Nothing is guessed: a county that does not exist in its
 * state is not found.
 */
public final class Counties {
    private final int vintage;
    private final Map<String, Area> byFips = new HashMap<>();
    private final Map<String, List<Area>> byName = new HashMap<>();
    private final Map<String, List<Area>> byBase = new HashMap<>();

    /** @param vintage the year in which there were these counties */
    public Counties(int vintage, Collection<Area> counties) {
        this.vintage = vintage;
        for (Area county : counties) {
            String folded = PlaceNames.folded(county.name());
            byFips.put(county.fips(), county);
            put(byName, county.state(), folded, county);
            put(byBase, county.state(), PlaceNames.base(folded), county);
        }
    }

    /** What a cell leads to. */
    public sealed interface Match {}

    /** @param vintage of the file that has the county */
    public record Found(Area county, int vintage) implements Match {}

    /** @param candidates counties of that name, when there are several */
    public record NotFound(Reason reason, List<Area> candidates) implements Match {}

    /** Why nothing is found. */
    public enum Reason {
        /** The cell says nothing. */
        UNKNOWN("unknown"),
        NO_SUCH_COUNTY("no_such_county"),
        /** Several counties of the state have that name. */
        AMBIGUOUS("ambiguous");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public int vintage() {
        return vintage;
    }

    public Collection<Area> all() {
        return byFips.values();
    }

    /**
     * Finds.
     *
     * @param state USPS
     * @param cell as ICE or an editor wrote it
     */
    public Match find(@Nullable String state, @Nullable String cell) {
        if (state == null || cell == null || cell.isBlank()) {
            return new NotFound(Reason.UNKNOWN, List.of());
        }
        String folded = PlaceNames.folded(cell);
        List<Area> named = byName.getOrDefault(key(state, folded), List.of());
        List<Area> candidates = named.isEmpty() ? byBase.getOrDefault(key(state, folded), List.of()) : named;
        return switch (candidates.size()) {
            case 0 -> new NotFound(Reason.NO_SUCH_COUNTY, List.of());
            case 1 -> new Found(candidates.getFirst(), vintage);
            default -> new NotFound(Reason.AMBIGUOUS, candidates);
        };
    }

    /** Finds in the newest vintage, and in an older one what the newest does not have. */
    public static Match find(List<Counties> newestFirst, @Nullable String state, @Nullable String cell) {
        Match first = newestFirst.getFirst().find(state, cell);
        if (first instanceof NotFound notFound && notFound.reason() == Reason.NO_SUCH_COUNTY) {
            // Connecticut's counties, Alaska's of before 2019: only an older file knows them.
            return newestFirst.stream()
                    .skip(1)
                    .map(older -> older.find(state, cell))
                    .filter(Found.class::isInstance)
                    .findFirst()
                    .orElse(first);
        }
        return first;
    }

    private static void put(Map<String, List<Area>> map, String state, String folded, Area county) {
        map.computeIfAbsent(key(state, folded), name -> new ArrayList<>(1)).add(county);
    }

    private static String key(String state, String folded) {
        return state + "|" + PlaceNames.key(folded);
    }
}
