package ledger287.reporting.statistics;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * By how much a count rose or fell on each day, for the whole and for each group.
 *
 * @param byDay days on which anything happened, in New York; for the whole under {@link #WHOLE}
 */
record Steps(NavigableMap<LocalDate, Map<String, Long>> byDay) {
    /** The key of the whole, which is no group. */
    static final String WHOLE = "";

    /** When each thing that counts at the moment was signed; so the last sum is the headline's figure. */
    static Steps signed(Reading reading, SeriesQuestion asked, LocalDate end) throws SQLException {
        return read(reading, signedSteps(reading, asked, end));
    }

    /** What was listed, or awaited a document, at each time: the sum up to a day is what a reader was told then. */
    static Steps listed(Reading reading, SeriesQuestion asked) throws SQLException {
        return read(reading, listedSteps(reading, asked));
    }

    /**
     * Placed by the day of signing. Where that is vague, by its last possible day or by the first listing, whichever is
     * earlier; a day that has not come yet gives way to the first listing. So nothing that counts is left out.
     */
    private static Sql placed(Reading reading, SeriesQuestion asked, LocalDate end) {
        Sql sql = Counted.agreements(reading.visible(), asked.filters(), ", v.first_listed_at")
                .add("""
                , placed as (
                  select c.agency_id, c.state, c.support_type, c.agency_type, c.signed_latest,
                         case when c.signed_earliest = c.signed_latest and c.signed_latest <= e.last_day then c.signed_latest
                              else coalesce(
                                     least(
                                       case when c.signed_latest <= e.last_day then c.signed_latest end,
                                       cast(c.first_listed_at at time zone 'America/New_York' as date)),
                                     e.last_day)
                         end as day
                    from counted c
                   cross join (select cast(? as date) as last_day) e
                   where c.counts
                """, end.toString());
        if (asked.measure() == Measure.NEW_AGREEMENTS) {
            sql.add(
                    "     and c.signed_earliest >= cast(? as date)\n",
                    asked.since().toString());
        }
        return sql.add(")\n");
    }

    static Sql signedSteps(Reading reading, SeriesQuestion asked, LocalDate end) {
        Sql sql = placed(reading, asked, end);
        if (asked.measure() == Measure.AGENCIES) {
            sql.add("""
                    select day, which, count(*) as n
                      from (select '' as which, min(c.day) as day from placed c group by c.agency_id) first
                     group by 1, 2
                    """);
            divide(sql, asked, """
                    select day, which, count(*) as n
                      from (select %1$s as which, min(c.day) as day from placed c%2$s group by c.agency_id, 1) first
                     group by 1, 2
                    """);
            return sql;
        }
        sql.add("select c.day, '' as which, count(*) as n from placed c group by 1, 2\n");
        divide(sql, asked, "select c.day, %1$s as which, count(*) as n from placed c%2$s group by 1, 2\n");
        return sql;
    }

    /** How many of those that count are not placed by their day of signing. */
    static long placedByListing(Reading reading, SeriesQuestion asked, LocalDate end) throws SQLException {
        Sql sql = placed(reading, asked, end).add("select count(*) from placed where day <> signed_latest");
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static Sql listedSteps(Reading reading, SeriesQuestion asked) {
        Sql sql = Counted.survivors(reading.visible()).add(", stretch as (\n").add(stretches(reading, asked));
        sql.add("\n), step as (\n");
        if (asked.measure() == Measure.AGENCIES) {
            sql.add(agencySteps("''", ""));
            divide(sql, asked, agencySteps("%1$s", "%2$s"));
        } else {
            sql.add(steps("''", ""));
            divide(sql, asked, steps("%1$s", "%2$s"));
        }
        // Summed by instant first: there are few of them, and telling each row's day would take longer than the sums.
        return sql.add("""
                ), summed as (
                  select at, which, sum(n) as n from step where at <= ? group by 1, 2
                )
                select cast(at at time zone 'America/New_York' as date) as day, which, sum(n) as n
                  from summed
                 group by 1, 2
                """, reading.moment().knownBy());
    }

    private static Sql stretches(Reading reading, SeriesQuestion asked) {
        boolean applications = asked.measure() == Measure.PENDING_APPLICATIONS;
        Sql sql = new Sql("""
                  select coalesce(s.into_id, v.agency_id) as agency_id, v.state, v.support_type, v.agency_type,
                         v.known_from, v.known_to
                    from %s v
                    left join survivor s on s.agency_id = v.agency_id
                   where\s""".formatted(applications ? "application_version" : "agreement_version"))
                .add(reading.visible().stretchesOf("v"))
                .add(asked.measure() == Measure.UNLISTED ? "\n     and v.status = 'unlisted'" : "\n     and v.listed");
        if (asked.measure() == Measure.NEW_AGREEMENTS) {
            sql.add(
                    "\n     and v.signed_earliest >= cast(? as date)",
                    asked.since().toString());
        }
        return sql.add(asked.filters().on("v"));
    }

    private static String steps(String group, String join) {
        return """
                  select c.known_from as at, %1$s as which, count(*) as n from stretch c%2$s group by 1, 2
                   union all
                  select c.known_to, %1$s, -count(*) from stretch c%2$s group by 1, 2
                """.formatted(group, join);
    }

    /** An agency is there while any of its agreements is: the union of their times. */
    private static String agencySteps(String group, String join) {
        return """
                  select unnest(array[lower(time), upper(time)]) as at, which, unnest(array[1, -1]) as n
                    from (select %1$s as which, unnest(range_agg(tstzrange(c.known_from, c.known_to))) as time
                            from stretch c%2$s
                           group by c.agency_id, 1) there
                """.formatted(group, join);
    }

    /** @param form SQL with the group's expression and join to be put in */
    private static void divide(Sql sql, SeriesQuestion asked, String form) {
        Grouping by = asked.by();
        if (by != null) {
            sql.add(" union all\n").add(form.formatted(by.expression(), by.join()));
        }
    }

    private static Steps read(Reading reading, Sql sql) throws SQLException {
        NavigableMap<LocalDate, Map<String, Long>> byDay = new TreeMap<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byDay.computeIfAbsent(row.getObject("day", LocalDate.class), day -> new TreeMap<>())
                        .merge(row.getString("which"), row.getLong("n"), Long::sum);
            }
        }
        return new Steps(byDay);
    }

    /** The first day on which anything happened; null when nothing did. */
    @Nullable
    LocalDate firstDay() {
        return byDay.isEmpty() ? null : byDay.firstKey();
    }

    /** The day of the first publication that counts: before it nothing can be said. Null when there is none. */
    static @Nullable LocalDate firstPublication(Reading reading, String kind) throws SQLException {
        Sql sql = new Sql("""
                select min(v.published_at)
                  from sheet_version v
                 where v.kind = ?
                   and v.status = 'imported'
                   and\s""", kind).add(reading.visible().of("v"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            java.time.OffsetDateTime first = row.getObject(1, java.time.OffsetDateTime.class);
            return first == null
                    ? null
                    : first.atZoneSameInstant(Moment.NEW_YORK).toLocalDate();
        }
    }
}
