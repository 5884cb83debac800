package ledger287.local.sample;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workbook of the sample.
 *
 * @param file its path below the sample's directory, named as ICE names it
 * @param number its place among the publications of its kind, from 0
 * @param savedAt when it was last saved
 * @param rows what it lists, sorted by state, agency and support type
 * @param addenda addresses of addenda by the id of their listing
 */
record Issue(
        String file,
        boolean participating,
        int number,
        Instant savedAt,
        List<Listing> rows,
        Map<Integer, String> addenda,
        Set<Trait> traits) {
    Issue {
        rows = List.copyOf(rows);
        addenda = Map.copyOf(addenda);
        traits = Set.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether a filter hides a row. */
    boolean hides(Listing listing) {
        return is(Trait.FILTERED) && !listing.state().equals("FLORIDA");
    }
}
