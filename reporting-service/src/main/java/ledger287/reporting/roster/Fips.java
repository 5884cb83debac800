package ledger287.reporting.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import ledger287.reporting.database.Sql;
import ledger287.reporting.geography.State;
import ledger287.reporting.lists.ThingAnswers;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Counties;
import ledger287.reporting.reference.EditorsCounty;
import ledger287.reporting.reference.Load;
import ledger287.reporting.reference.ReferenceLoads;
import org.jspecify.annotations.Nullable;

/**
 * Adds the codes by which data desks join: {@code state_fips}, and, from the Gazetteer files that an operator loaded,
 * {@code county_fips} with {@code county_vintage}, the year of the file that has the county. The county cell decides;
 * where it leads nowhere, an editor's correction of the agency's county does; else the code is null, as it is where no
 * file is loaded. Nothing is guessed.
 */
@Singleton
final class Fips implements ThingAnswers.Supplement {
    private final ReferenceLoads loads;

    Fips(ReferenceLoads loads) {
        this.loads = loads;
    }

    /** The code of a state in SQL. */
    static String ofState(String column) {
        return Arrays.stream(State.values())
                .map(state -> "when '" + state.code() + "' then '" + state.fips() + "'")
                .collect(Collectors.joining(" ", "(case " + column + " ", " end)"));
    }

    @Override
    public Set<String> parameters() {
        return Set.of(ReferenceLoads.PARAMETER);
    }

    @Override
    public ThingAnswers.Addition of(Question question) throws SQLException {
        List<Load> used = loads.countiesIfAny(question);
        Map<Cell, Counties.Match> known = new HashMap<>();
        return (reading, things) -> add(reading, things, used, known);
    }

    private record Cell(@Nullable String state, @Nullable String county) {
        static Cell of(ObjectNode thing) {
            return new Cell(text(thing, "state"), text(thing, "county"));
        }
    }

    private void add(Reading reading, List<ObjectNode> things, List<Load> used, Map<Cell, Counties.Match> known)
            throws SQLException {
        for (ObjectNode thing : things) {
            thing.put(
                    "state_fips",
                    Optional.ofNullable(text(thing, "state"))
                            .flatMap(State::of)
                            .map(State::fips)
                            .orElse(null));
            thing.putNull("county_fips");
            thing.putNull("county_vintage");
        }
        if (used.isEmpty()) {
            return;
        }
        List<Counties> vintages = new ArrayList<>();
        for (Load load : used) {
            vintages.add(loads.counties(reading.connection(), load));
        }
        List<ObjectNode> lost = new ArrayList<>();
        for (ObjectNode thing : things) {
            if (!put(thing, known.computeIfAbsent(Cell.of(thing), cell -> find(vintages, cell)))) {
                lost.add(thing);
            }
        }
        Map<String, String> settled = settled(reading, lost);
        for (ObjectNode thing : lost) {
            String county = settled.get(thing.path("agency_id").asText());
            if (county != null) {
                put(thing, find(vintages, new Cell(text(thing, "state"), county)));
            }
        }
    }

    private static Counties.Match find(List<Counties> vintages, Cell cell) {
        return Counties.find(vintages, cell.state(), cell.county());
    }

    private static boolean put(ObjectNode thing, Counties.Match match) {
        return switch (match) {
            case Counties.Found found -> {
                thing.put("county_fips", found.county().fips());
                thing.put("county_vintage", found.vintage());
                yield true;
            }
            case Counties.NotFound unknown -> false;
        };
    }

    /** The counties of those agencies whose county an editor told, after mergers. */
    private static Map<String, String> settled(Reading reading, List<ObjectNode> lost) throws SQLException {
        Set<UUID> agencies = new TreeSet<>();
        lost.forEach(
                thing -> agencies.add(UUID.fromString(thing.path("agency_id").asText())));
        Map<String, String> counties = new HashMap<>();
        if (agencies.isEmpty()) {
            return counties;
        }
        Sql sql = Counted.survivors(reading.visible())
                .add("""
                select asked.agency_id, a.county
                  from unnest(?) asked (agency_id)
                  left join survivor s on s.agency_id = asked.agency_id
                  join agency_version a on a.agency_id = coalesce(s.into_id, asked.agency_id)
                   and\s""", agencies)
                .add(reading.visible().of("a"))
                .add("""

                 where a.county is not null
                   and\s""")
                .add(EditorsCounty.told(reading, "a"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counties.put(row.getString(1), row.getString(2));
            }
        }
        return counties;
    }

    private static @Nullable String text(ObjectNode thing, String field) {
        JsonNode value = thing.path(field);
        return value.isTextual() ? value.textValue() : null;
    }
}
