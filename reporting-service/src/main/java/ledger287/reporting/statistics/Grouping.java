package ledger287.reporting.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.reporting.geography.Region;
import ledger287.reporting.geography.State;
import ledger287.reporting.query.Filters;
import org.jspecify.annotations.Nullable;

/** By what a figure is divided. Every group has a value in every stretch, so that tables have the same columns always. */
enum Grouping {
    MODEL("model"),
    STATE("state"),
    AGENCY_TYPE("agency_type"),
    /**
     * Census regions, which with {@code territories} and {@code unknown} add up to the whole; and beside them the
     * divisions and {@code southeast}, which lie within regions.
     */
    REGION("region");

    private static final String TERRITORIES = "territories";

    private final String code;

    Grouping(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<Grouping> of(String code) {
        return Arrays.stream(values()).filter(by -> by.code.equals(code)).findFirst();
    }

    /** All groups, in the order in which they are shown. */
    List<String> groups() {
        List<String> groups = new ArrayList<>(
                switch (this) {
                    case MODEL -> Filters.MODELS;
                    case STATE -> Arrays.stream(State.values()).map(State::code).toList();
                    case AGENCY_TYPE -> Filters.AGENCY_TYPES;
                    case REGION ->
                        Stream.concat(Arrays.stream(Region.values()).map(Region::code), Stream.of(TERRITORIES))
                                .toList();
                });
        groups.add(Filters.UNKNOWN);
        return groups;
    }

    /** The groups that a value of {@link #column} belongs to, as {@link #expression} tells them in SQL. */
    List<String> groupsOf(@Nullable String value) {
        if (value == null) {
            return List.of(Filters.UNKNOWN);
        }
        if (this != REGION) {
            return List.of(value);
        }
        List<String> regions = Arrays.stream(Region.values())
                .filter(region ->
                        region.states().stream().anyMatch(state -> state.code().equals(value)))
                .map(Region::code)
                .toList();
        return regions.isEmpty() ? List.of(TERRITORIES) : regions;
    }

    /** An SQL expression over the columns of {@code c}, and of what {@link #join} joins. */
    String expression() {
        return switch (this) {
            case MODEL -> "coalesce(c.support_type, 'unknown')";
            case STATE -> "coalesce(c.state, 'unknown')";
            case AGENCY_TYPE -> "coalesce(c.agency_type, 'unknown')";
            case REGION -> "coalesce(r.region, case when c.state is null then 'unknown' else 'territories' end)";
        };
    }

    /** The column that tells the group. */
    String column() {
        return switch (this) {
            case MODEL -> "support_type";
            case STATE, REGION -> "state";
            case AGENCY_TYPE -> "agency_type";
        };
    }

    /** What to join to {@code c}; a state lies in several regions. */
    String join() {
        return switch (this) {
            case MODEL, STATE, AGENCY_TYPE -> "";
            case REGION -> " left join (values " + regions() + ") r (state, region) on r.state = c.state";
        };
    }

    private static String regions() {
        return Arrays.stream(Region.values())
                .flatMap(region ->
                        region.states().stream().map(state -> "('%s', '%s')".formatted(state.code(), region.code())))
                .collect(Collectors.joining(", "));
    }
}
