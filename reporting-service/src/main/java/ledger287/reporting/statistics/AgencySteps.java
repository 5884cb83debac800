package ledger287.reporting.statistics;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Reading;

/**
 * When agencies came onto the list and left it: an agency is there, for the whole or for a group, while any of its
 * agreements is.
 */
final class AgencySteps {
    /**
     * An agreement comes or goes.
     *
     * @param by 1 or -1
     */
    private record Turn(String agency, List<String> groups, int by) {}

    /** Something of which an agency has agreements. */
    private record Place(String agency, String which) {}

    private final Map<Place, Integer> there = new HashMap<>();
    private final NavigableMap<LocalDate, Map<String, Long>> byDay = new TreeMap<>();

    private AgencySteps() {}

    /** By how much the number of agencies rose or fell on each day, in New York, for the whole and for each group. */
    static NavigableMap<LocalDate, Map<String, Long>> listed(Reading reading, SeriesQuestion asked)
            throws SQLException {
        AgencySteps steps = new AgencySteps();
        turns(reading, asked).forEach((at, turns) -> {
            Map<Place, Integer> moved = new HashMap<>();
            for (Turn turn : turns) {
                moved.merge(new Place(turn.agency(), Steps.WHOLE), turn.by(), Integer::sum);
                for (String group : turn.groups()) {
                    moved.merge(new Place(turn.agency(), group), turn.by(), Integer::sum);
                }
            }
            steps.take(at.atZone(Moment.NEW_YORK).toLocalDate(), moved);
        });
        return steps.byDay;
    }

    /** What happened at one instant. */
    private void take(LocalDate day, Map<Place, Integer> moved) {
        moved.forEach((place, by) -> {
            int before = there.getOrDefault(place, 0);
            int after = before + by;
            there.put(place, after);
            if ((before == 0) != (after == 0)) {
                byDay.computeIfAbsent(day, none -> new TreeMap<>())
                        .merge(place.which(), after == 0 ? -1L : 1L, Long::sum);
            }
        });
    }

    private static NavigableMap<Instant, List<Turn>> turns(Reading reading, SeriesQuestion asked) throws SQLException {
        NavigableMap<Instant, List<Turn>> turns = new TreeMap<>();
        // There are few instants and groups, and many turns.
        Map<String, List<Turn>> byTime = new HashMap<>();
        Map<String, List<String>> groups = new HashMap<>();
        Grouping by = asked.by();
        try (PreparedStatement select = sql(reading, asked).prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String at = row.getString(3);
                List<Turn> together = byTime.get(at);
                if (together == null) {
                    together = new ArrayList<>();
                    byTime.put(at, together);
                    turns.put(row.getObject(3, OffsetDateTime.class).toInstant(), together);
                }
                String value = row.getString(2);
                List<String> in = by == null
                        ? List.of()
                        : groups.computeIfAbsent(String.valueOf(value), any -> by.groupsOf(value));
                together.add(new Turn(row.getString(1), in, row.getInt(4)));
            }
        }
        return turns;
    }

    /**
     * {@code (agency_id, group, at, by)} of each turn. The stretches of an agreement follow each other without a gap, so
     * one that was listed in all of them, of one agency and in one group, came once and is there. Those few that were not
     * are told stretch by stretch: where one ends and the next begins, the turns cancel each other.
     */
    static Sql sql(Reading reading, SeriesQuestion asked) {
        String group =
                asked.by() == null ? "cast(null as text)" : "v." + asked.by().column();
        Sql counts = new Sql("coalesce(v.listed").add(asked.filters().on("v")).add(", false)");
        return Counted.survivors(reading.visible())
                .add("""
                , part as materialized (
                  select v.agency_id, v.agreement_id, min(v.known_from) as came,
                         min(%1$s collate "C") as least, max(%1$s collate "C") as most,
                         count(%1$s) in (0, count(*)) as alike,
                         bool_and(""".formatted(group))
                .add(counts)
                .add(") as always, bool_or(")
                .add(counts)
                .add(") as ever\n    from agreement_version v\n   where ")
                .add(reading.visible().stretchesOf("v"))
                .add("""

                   group by v.agency_id, v.agreement_id
                ), moved as (
                  select agreement_id from part group by agreement_id having count(*) > 1
                ), agreement as (
                  select p.*,
                         p.always and p.alike and p.least is not distinct from p.most and m.agreement_id is null as steady
                    from part p
                    left join moved m on m.agreement_id = p.agreement_id
                   where p.ever
                ), turn (agency_id, which, at, n) as (
                  select a.agency_id, a.least, a.came, 1 from agreement a where a.steady
                   union all
                  select a.agency_id, t.which, t.at, t.n
                    from agreement a
                   cross join lateral (
                         select %s as which, e.at, e.n
                           from agreement_version v
                          cross join lateral (values (v.known_from, 1), (v.known_to, -1)) e (at, n)
                          where v.agency_id = a.agency_id
                            and v.agreement_id = a.agreement_id
                            and\s""".formatted(group))
                .add(reading.visible().stretchesOf("v"))
                .add("\n                            and ")
                .add(counts)
                .add("""

                         offset 0) t
                   where not a.steady
                )
                select coalesce(s.into_id, t.agency_id), t.which, t.at, t.n
                  from turn t
                  left join survivor s on s.agency_id = t.agency_id
                 where t.at <= ?
                """, reading.moment().knownBy());
    }
}
