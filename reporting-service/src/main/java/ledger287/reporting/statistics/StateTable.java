package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ledger287.reporting.geography.Region;
import ledger287.reporting.geography.State;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/** The measures of each state and territory; those without any agreement have a row too. */
public final class StateTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StateTable() {}

    /** In order of the states' names in the standard; {@code unknown}, when there is such a row, comes last. */
    public static List<ObjectNode> rows(Reading reading, Filters filters, LocalDate since) throws SQLException {
        Measures measures = new Measures(reading, filters, since);
        Map<String, Measures.Row> agreements = measures.agreements("coalesce(state, 'unknown')");
        Map<String, Measures.Row> applications = measures.applications("coalesce(state, 'unknown')");
        List<ObjectNode> rows = new ArrayList<>();
        for (State state : asked(filters)) {
            ObjectNode row = JSON.createObjectNode();
            row.put("state", state.code());
            row.put("state_name", state.displayName());
            row.put("state_fips", state.fips());
            measures.put(row, agreements.get(state.code()), applications.get(state.code()));
            rows.add(row);
        }
        if (agreements.containsKey(Measures.UNKNOWN) || applications.containsKey(Measures.UNKNOWN)) {
            rows.add(unknown(measures, agreements.get(Measures.UNKNOWN), applications.get(Measures.UNKNOWN)));
        }
        return rows;
    }

    /** A row as there would be one, for the columns of a table without any. */
    static ObjectNode blank(Reading reading, Filters filters, LocalDate since) throws SQLException {
        return unknown(new Measures(reading, filters, since), null, null);
    }

    private static ObjectNode unknown(
            Measures measures, Measures.@Nullable Row agreements, Measures.@Nullable Row applications) {
        ObjectNode row = JSON.createObjectNode();
        row.put("state", Measures.UNKNOWN);
        row.put("state_name", "Unknown");
        row.putNull("state_fips");
        measures.put(row, agreements, applications);
        return row;
    }

    /** All states, or those that the filters leave. */
    static List<State> asked(Filters filters) {
        List<State> asked = new ArrayList<>();
        for (State state : State.values()) {
            boolean named = filters.states().isEmpty() || filters.states().contains(state.code());
            boolean within = filters.regions().isEmpty()
                    || filters.regions().stream()
                            .anyMatch(region ->
                                    Region.of(region).orElseThrow().states().contains(state));
            if (named && within) {
                asked.add(state);
            }
        }
        return asked;
    }
}
