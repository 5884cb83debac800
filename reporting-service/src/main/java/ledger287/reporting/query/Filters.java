package ledger287.reporting.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.geography.Region;
import ledger287.reporting.geography.State;

/**
 * Which agreements or applications a question is about. Empty sets do not restrict; {@code unknown} selects what ICE's
 * cell did not tell.
 */
public record Filters(
        Set<String> states, Set<String> regions, Set<String> models, Set<String> agencyTypes, Set<UUID> agencyIds) {

    /** Everything. */
    public static final Filters NONE = new Filters(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** The names in queries. */
    public static final Set<String> NAMES = Set.of("state", "region", "model", "agency_type", "agency_id");

    /** A value that ICE's cell did not tell. */
    public static final String UNKNOWN = "unknown";

    /** The support types, as the contract names them. */
    public static final List<String> MODELS = List.of("task_force", "warrant_service_officer", "jail_enforcement");

    /** The kinds of agency, as the contract names them. */
    public static final List<String> AGENCY_TYPES = List.of("county", "municipality", "state_agency");

    public static Filters read(Parameters parameters) {
        return new Filters(
                parameters.words(
                        "state",
                        withUnknown(
                                Arrays.stream(State.values()).map(State::code).toList())),
                parameters.words(
                        "region",
                        Arrays.stream(Region.values()).map(Region::code).toList()),
                parameters.words("model", withUnknown(MODELS)),
                parameters.words("agency_type", withUnknown(AGENCY_TYPES)),
                parameters.ids("agency_id"));
    }

    /**
     * Conditions to add to a query, each beginning with {@code and}.
     *
     * @param alias of a table with columns state, support_type, agency_type, agency_id
     */
    public Sql on(String alias) {
        Sql conditions = new Sql("");
        within(conditions, alias + ".state", states);
        if (!regions.isEmpty()) {
            Set<String> inRegions = new TreeSet<>();
            regions.forEach(region ->
                    Region.of(region).ifPresent(found -> found.states().forEach(state -> inRegions.add(state.code()))));
            conditions.add("\n   and %s.state = any (?)".formatted(alias), inRegions);
        }
        within(conditions, alias + ".support_type", models);
        within(conditions, alias + ".agency_type", agencyTypes);
        if (!agencyIds.isEmpty()) {
            conditions.add("\n   and %s.agency_id = any (?)".formatted(alias), agencyIds);
        }
        return conditions;
    }

    private static void within(Sql conditions, String column, Set<String> values) {
        if (values.isEmpty()) {
            return;
        }
        if (values.contains(UNKNOWN)) {
            conditions.add("\n   and (%1$s is null or %1$s = any (?))".formatted(column), values);
        } else {
            conditions.add("\n   and %s = any (?)".formatted(column), values);
        }
    }

    private static List<String> withUnknown(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add(UNKNOWN);
        return all;
    }
}
