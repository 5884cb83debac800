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
 * @param placedByListing how many of those that count are not placed by their day of signing, because it is vague or yet to
 *     come
 */
record Steps(NavigableMap<LocalDate, Map<String, Long>> byDay, long placedByListing) {
    /** The key of the whole, which is no group. */
    static final String WHOLE = "";

    /** The key of those that are not placed by their day of signing, which are told apart and in the whole. */
    private static final String PLACED_BY_LISTING = "placed by listing";

    /** When each thing that counts at the moment was signed; so the last sum is the headline's figure. */
    static Steps signed(Reading reading, SeriesQuestion asked, LocalDate end) throws SQLException {
        return read(reading, signedSteps(reading, asked, end));
    }

    /** What was listed, or awaited a document, at each time: the sum up to a day is what a reader was told then. */
    static Steps listed(Reading reading, SeriesQuestion asked) throws SQLException {
        return asked.measure() == Measure.AGENCIES
                ? new Steps(AgencySteps.listed(reading, asked), 0)
                : read(reading, listedSteps(reading, asked));
    }

    /**
     * Placed by the day of signing. Where that is vague, by its last possible day or by the first listing, whichever is
     * earlier; a day that has not come yet gives way to the first listing. So nothing that counts is left out.
     */
    private static Sql placed(Reading reading, SeriesQuestion asked, LocalDate end) {
        Sql sql = Counted.agreements(reading.visible(), asked.filters(), ", v.first_listed_at")
                .add("""
                , placed as materialized (
                  select c.agency_id, c.state, c.support_type, c.agency_type,
                         c.signed_earliest <> c.signed_latest or c.signed_latest > e.last_day as unplaced,
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
        Sql sql = placed(reading, asked, end)
                .add("select cast(null as date) as day, '%s' as which, count(*) as n from placed where unplaced\n"
                        .formatted(PLACED_BY_LISTING))
                .add(" union all\n");
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

    static Sql listedSteps(Reading reading, SeriesQuestion asked) {
        Sql sql = thingSteps(reading, asked);
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

    /** {@code step (at, which, n)}, still open. Stretches that begin and end together are added up before anything else. */
    private static Sql thingSteps(Reading reading, SeriesQuestion asked) {
        String column = column(asked);
        Sql sql = new Sql("with stretch as materialized (\n  select v.known_from, v.known_to, %s, count(*) as n\n"
                        .formatted(column))
                .add(stretches(reading, asked))
                .add("\n   group by 1, 2, 3\n), step as (\n")
                .add(steps("''", ""));
        return divide(sql, asked, steps("%1$s", "%2$s"));
    }

    private static String steps(String group, String join) {
        return """
                  select c.known_from as at, %1$s as which, c.n from stretch c%2$s
                   union all
                  select c.known_to, %1$s, -c.n from stretch c%2$s
                """.formatted(group, join);
    }

    /** From and where: which stretches of knowledge count. */
    private static Sql stretches(Reading reading, SeriesQuestion asked) {
        boolean applications = asked.measure() == Measure.PENDING_APPLICATIONS;
        Sql sql = new Sql("    from %s v\n   where "
                        .formatted(applications ? "application_version" : "agreement_version"))
                .add(reading.visible().stretchesOf("v"))
                .add(asked.measure() == Measure.UNLISTED ? "\n     and v.status = 'unlisted'" : "\n     and v.listed");
        if (asked.measure() == Measure.NEW_AGREEMENTS) {
            sql.add(
                    "\n     and v.signed_earliest >= cast(? as date)",
                    asked.since().toString());
        }
        return sql.add(asked.filters().on("v"));
    }

    /** What the groups are told by, of a version {@code v}. */
    private static String column(SeriesQuestion asked) {
        return asked.by() == null ? "null as whole" : "v." + asked.by().column();
    }

    /** @param form SQL with the group's expression and join to be put in */
    private static Sql divide(Sql sql, SeriesQuestion asked, String form) {
        Grouping by = asked.by();
        if (by != null) {
            sql.add(" union all\n").add(form.formatted(by.expression(), by.join()));
        }
        return sql;
    }

    private static Steps read(Reading reading, Sql sql) throws SQLException {
        NavigableMap<LocalDate, Map<String, Long>> byDay = new TreeMap<>();
        long placedByListing = 0;
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (PLACED_BY_LISTING.equals(row.getString("which"))) {
                    placedByListing = row.getLong("n");
                    continue;
                }
                byDay.computeIfAbsent(row.getObject("day", LocalDate.class), day -> new TreeMap<>())
                        .merge(row.getString("which"), row.getLong("n"), Long::sum);
            }
        }
        return new Steps(byDay, placedByListing);
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
