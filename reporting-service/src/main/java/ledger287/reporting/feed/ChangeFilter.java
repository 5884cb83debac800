package ledger287.reporting.feed;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.reporting.geography.Region;
import ledger287.reporting.geography.State;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Parameters;

/**
 * Which changes a reader wants. A change is taken when its image before <em>or</em> after is selected, so that whoever
 * follows Florida hears that an agreement was moved out of it.
 *
 * @param states empty for all; regions are among them, as their states
 * @param canonical the parameters it was read from, in canonical form
 */
public record ChangeFilter(
        EventTypes types,
        Set<String> states,
        Set<String> models,
        Set<String> agencyTypes,
        Set<String> agencyIds,
        String canonical) {

    /** The parameters that make a filter. */
    public static final Set<String> NAMES = names();

    /** Takes every change. */
    public static final ChangeFilter EVERYTHING =
            new ChangeFilter(EventTypes.ALL, Set.of(), Set.of(), Set.of(), Set.of(), "");

    /** What the parameters say; unknown words are refused by name. */
    public static ChangeFilter read(Parameters parameters) {
        Filters filters = Filters.read(parameters);
        EventTypes types = EventTypes.read(parameters);
        Set<String> states = new HashSet<>(filters.states());
        if (!filters.regions().isEmpty()) {
            Set<String> within = filters.regions().stream()
                    .flatMap(region -> Region.of(region).stream())
                    .flatMap(region -> region.states().stream())
                    .map(State::code)
                    .collect(Collectors.toSet());
            if (states.isEmpty()) {
                states.addAll(within);
            } else {
                states.retainAll(within);
                if (states.isEmpty()) {
                    states.add("none of these states lies in these regions");
                }
            }
        }
        ChangeFilter filter = new ChangeFilter(
                types,
                states,
                filters.models(),
                filters.agencyTypes(),
                filters.agencyIds().stream().map(UUID::toString).collect(Collectors.toSet()),
                canonical(parameters));
        return filter.equals(EVERYTHING) ? EVERYTHING : filter;
    }

    /** The same filter, from its canonical form. */
    public static ChangeFilter parse(String canonical) {
        return read(new Parameters(canonical, NAMES));
    }

    /**
     * @param type of the event
     * @param images the keys of its images, {@code state|support_type|agency_type|agency_id}
     */
    public boolean takes(String type, List<String> images) {
        return types.take(type) && (anyImage() || images.stream().anyMatch(this::selects));
    }

    /** Of each of these sets every change that the filter takes has a key, as {@code change.keys} holds them. */
    List<Set<String>> keys() {
        return Stream.of(agencyIds, types.keys(), states)
                .filter(keys -> !keys.isEmpty())
                .toList();
    }

    private boolean anyImage() {
        return states.isEmpty() && models.isEmpty() && agencyTypes.isEmpty() && agencyIds.isEmpty();
    }

    private boolean selects(String image) {
        String[] key = image.split("\\|", -1);
        return key.length == 4
                && within(states, key[0])
                && within(models, key[1])
                && within(agencyTypes, key[2])
                && within(agencyIds, key[3]);
    }

    private static boolean within(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** Only the filter's own parameters: the cursor among the others differs from reader to reader. */
    private static String canonical(Parameters parameters) {
        return List.of(parameters.canonical().split("&")).stream()
                .filter(pair -> NAMES.contains(pair.replaceFirst("=.*", "")))
                .collect(Collectors.joining("&"));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(Filters.NAMES);
        names.add("type");
        return Set.copyOf(names);
    }
}
