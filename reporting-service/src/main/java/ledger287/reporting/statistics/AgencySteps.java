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
import java.util.Objects;
import java.util.TreeMap;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * When agencies came onto the list and left it: an agency is there, for the whole or for a group, while any of its
 * agreements is.
 */
final class AgencySteps {
    /** An agreement comes or goes. Not a record, which would seem to be compared by what its array holds. */
    private static final class Turn {
        private final Agency agency;
        private final int[] groups;
        private final int by;

        /**
         * @param groups their numbers
         * @param by 1 or -1
         */
        Turn(Agency agency, int[] groups, int by) {
            this.agency = agency;
            this.groups = groups;
            this.by = by;
        }
    }

    /** How many agreements an agency has in each group, by its number; before is null when nothing happened at the instant. */
    private static final class Agency {
        private int[] there = {};
        private int @Nullable [] before;
    }

    /** The names of groups; the whole is the first. */
    private final List<String> groups = new ArrayList<>(List.of(Steps.WHOLE));

    private final Map<String, int[]> groupsByValue = new HashMap<>();
    private final Map<String, Agency> agencies = new HashMap<>();
    private final NavigableMap<Instant, List<Turn>> turns = new TreeMap<>();

    private AgencySteps() {}

    /** By how much the number of agencies rose or fell on each day, in New York, for the whole and for each group. */
    static NavigableMap<LocalDate, Map<String, Long>> listed(Reading reading, SeriesQuestion asked)
            throws SQLException {
        AgencySteps steps = new AgencySteps();
        steps.read(reading, asked);
        NavigableMap<LocalDate, Map<String, Long>> byDay = new TreeMap<>();
        steps.turns.forEach(
                (at, together) -> steps.take(at.atZone(Moment.NEW_YORK).toLocalDate(), together, byDay));
        return byDay;
    }

    /** What happened at one instant. */
    private void take(LocalDate day, List<Turn> together, NavigableMap<LocalDate, Map<String, Long>> byDay) {
        List<Agency> touched = new ArrayList<>();
        for (Turn turn : together) {
            Agency agency = turn.agency;
            if (agency.before == null) {
                agency.before = agency.there.clone();
                touched.add(agency);
            }
            for (int group : turn.groups) {
                agency.there[group] += turn.by;
            }
        }
        for (Agency agency : touched) {
            int[] before = Objects.requireNonNull(agency.before, "touched");
            for (int group = 0; group < before.length; group++) {
                if ((before[group] == 0) != (agency.there[group] == 0)) {
                    byDay.computeIfAbsent(day, none -> new TreeMap<>())
                            .merge(groups.get(group), agency.there[group] == 0 ? -1L : 1L, Long::sum);
                }
            }
            agency.before = null;
        }
    }

    private void read(Reading reading, SeriesQuestion asked) throws SQLException {
        // There are few instants and groups, and many turns.
        Map<String, List<Turn>> byTime = new HashMap<>();
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
                int[] in = groupsByValue.computeIfAbsent(String.valueOf(value), any -> numbers(asked.by(), value));
                Agency agency = agencies.computeIfAbsent(row.getString(1), any -> new Agency());
                together.add(new Turn(agency, in, row.getInt(4)));
            }
        }
        agencies.values().forEach(agency -> agency.there = new int[groups.size()]);
    }

    /** The whole and the groups that a value belongs to. */
    private int[] numbers(@Nullable Grouping by, @Nullable String value) {
        List<String> names = by == null ? List.of() : by.groupsOf(value);
        // The first stays 0: the whole, which everything belongs to.
        int[] numbers = new int[names.size() + 1];
        for (int i = 0; i < names.size(); i++) {
            if (!groups.contains(names.get(i))) {
                groups.add(names.get(i));
            }
            numbers[i + 1] = groups.indexOf(names.get(i));
        }
        return numbers;
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
