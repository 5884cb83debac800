package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Operations and their arrests at a moment, for the headline and for series.
 *
 * <p>An operation's figure is the claim that an editor prefers, else the latest official one, else the latest; only
 * current claims count. Figures are added as bounds. Left out of the sum, which then has no ceiling, are operations whose
 * figure is missing or has no bounds, and of operations that overlap each other all but the one with the most arrests
 * for certain.
 */
public final class OperationMeasures {
    /** What rows are made by. */
    public enum By {
        /** One row. */
        WHOLE,
        /**
         * The states of an operation's places; {@code unknown} when it has none. One that lies in several counts in each;
         * how many of its arrests fell there is not known, so it adds nothing to the floor.
         */
        STATE,
        /**
         * The support types that partners held, or may have held, on the day the operation began; {@code unknown} when
         * no partner is known to. All its arrests count in each: they were made in operations with such a partner, not by
         * it.
         */
        MODEL
    }

    /**
     * When operations began, as exactly as it is known.
     *
     * @param earliest the first day possible
     * @param latest the last day possible
     */
    public record Beginning(LocalDate earliest, LocalDate latest) {}

    /**
     * Figures of one group.
     *
     * @param began null where rows are not made by it, and for operations of which it is not known at all
     * @param group of {@link By}; {@code whole} for the whole
     * @param operations how many, those left out of arrests included
     * @param arrests the sum; unknown when no figure counts
     * @param leftOut how many operations are not in the sum
     */
    public record Row(@Nullable Beginning began, String group, long operations, Bounds arrests, long leftOut) {
        /** Of a row of {@link OperationMeasures#sums} as JSON. */
        public static Row whole(JsonNode sums) {
            return of(
                    null,
                    "whole",
                    sums.path("operations").longValue(),
                    sums.path("counted").longValue(),
                    sums.path("low").longValue(),
                    sums.path("high").longValue(),
                    sums.path("open").booleanValue());
        }

        private static Row of(
                @Nullable Beginning began,
                String group,
                long operations,
                long counted,
                long low,
                long high,
                boolean open) {
            Bounds arrests =
                    counted == 0 ? Bounds.UNKNOWN : new Bounds(low, counted == operations && !open ? high : null);
            return new Row(began, group, operations, arrests, operations - counted);
        }
    }

    /** An operation that is not in the sum, and why: {@code no_figure}, {@code unknown}, {@code approximate}, {@code overlaps}. */
    record LeftOut(UUID operationId, String name, String reason) {}

    /** The whole and its first operations left out. */
    record Total(Row whole, List<LeftOut> leftOut) {}

    private static final int MOST_NAMED = 100;

    /** Sums over {@code figure f}; what is added to the floor is put in. */
    private static final String SUMS = """
                   count(*) as operations,
                   count(*) filter (where counts) as counted,
                   sum(%s) filter (where counts) as low,
                   sum(f.high) filter (where counts) as high,
                   coalesce(bool_or(f.high is null) filter (where counts), false) as open""";

    private final Reading reading;
    private final OperationCondition condition;
    private final @Nullable LocalDate begunBy;
    private final @Nullable Set<UUID> selected;
    private final Set<UUID> covered;

    public OperationMeasures(Reading reading, Filters filters) throws SQLException {
        this(reading, filters, null);
    }

    private OperationMeasures(Reading reading, Filters filters, @Nullable LocalDate begunBy) throws SQLException {
        this.begunBy = begunBy;
        this.reading = reading;
        this.condition = new OperationCondition(filters);
        this.selected = condition.selected(reading);
        this.covered = covered();
    }

    /** Over those that may have begun by a day. */
    public static OperationMeasures begunBy(LocalDate day, Reading reading, Filters filters) throws SQLException {
        return new OperationMeasures(reading, filters, day);
    }

    /** Over everything. */
    static OperationMeasures whole(Reading reading) throws SQLException {
        Set<String> all = Set.of();
        return new OperationMeasures(reading, new Filters(all, all, all, all, Set.of()));
    }

    /** Whether any operation was ever recorded, as known at the moment; if not, figures are null, never zero. */
    public static boolean known(Reading reading) throws SQLException {
        Sql sql = new Sql("select exists (select from operation_version o where ")
                .add(reading.visible().of("o"))
                .add(")");
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** One row for each group that has operations. */
    public List<Row> rows(By by) throws SQLException {
        return rows(by, "cast(null as date)", "cast(null as date)");
    }

    /** One row for each group and beginning that has operations, in order of time. */
    public List<Row> rowsByBeginning(By by) throws SQLException {
        String known = "case when isfinite(f.starts_earliest) and isfinite(f.starts_latest) then f.%s end";
        return rows(by, known.formatted("starts_earliest"), known.formatted("starts_latest"));
    }

    private List<Row> rows(By by, String earliest, String latest) throws SQLException {
        String divided = by == By.STATE ? "case when cardinality(f.states) > 1 then 0 else f.low end" : "f.low";
        Sql sql = figures(by == By.MODEL, new Among.All())
                .add("""
                select %s as earliest, %s as latest, %s as which,
                %s
                  from figure f
                """.formatted(earliest, latest, group(by), SUMS.formatted(divided)))
                .add(groupTable(by))
                .add("""
                 group by 1, 2, 3
                 order by 1 nulls last, 2, 3
                """);
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                LocalDate from = row.getObject("earliest", LocalDate.class);
                Beginning began = from == null ? null : new Beginning(from, row.getObject("latest", LocalDate.class));
                rows.add(row(began, row.getString("which"), row));
            }
        }
        return rows;
    }

    private static Row row(@Nullable Beginning began, String group, ResultSet row) throws SQLException {
        return Row.of(
                began,
                group,
                row.getLong("operations"),
                row.getLong("counted"),
                row.getLong("low"),
                row.getLong("high"),
                row.getBoolean("open"));
    }

    /**
     * A query of each operation's figure, for whoever compares two moments: {@code operation_id, name, arrests_low,
     * arrests_high, left_out_because}.
     */
    public Sql figuresOfEach() {
        return figures(false, new Among.All()).add("""
                select f.operation_id, f.name, f.low as arrests_low, f.high as arrests_high,
                       case when not counts then coalesce(f.missing, 'overlaps') end as left_out_because
                  from figure f
                """);
    }

    /**
     * A query of the figures of all operations, one row.
     *
     * @param each a table with the columns of {@link #figuresOfEach}
     */
    public static String sums(String each) {
        return """
                select %s
                  from (select arrests_low as low, arrests_high as high, left_out_because is null as counts from %s) f
                """.formatted(SUMS.formatted("f.low"), each);
    }

    /** The whole, and the first of those left out of its arrests, by name. */
    Total total() throws SQLException {
        Sql sql = figures(false, new Among.All())
                .add(", total as (\nselect " + SUMS.formatted("f.low") + "\n  from figure f\n)")
                .add("""
                , named as (
                  select f.operation_id, f.name, coalesce(f.missing, 'overlaps') as reason
                    from figure f
                   where not counts
                   order by f.name, f.operation_id
                   limit ?
                )
                select t.*, n.operation_id, n.name, n.reason
                  from total t
                  left join named n on true
                 order by n.name, n.operation_id
                """, MOST_NAMED);
        List<LeftOut> leftOut = new ArrayList<>();
        Row whole = null;
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                whole = row(null, "whole", row);
                UUID operation = row.getObject("operation_id", UUID.class);
                if (operation != null) {
                    leftOut.add(new LeftOut(operation, row.getString("name"), row.getString("reason")));
                }
            }
        }
        return new Total(Objects.requireNonNull(whole, "a sum has a row"), leftOut);
    }

    /** Of these operations, those left out, with the reason. */
    Map<UUID, String> leftOut(Collection<UUID> operations) throws SQLException {
        Sql sql = figures(false, new Among.These(operations)).add("""
                select f.operation_id, coalesce(f.missing, 'overlaps')
                  from figure f
                 where not counts
                """);
        Map<UUID, String> leftOut = new HashMap<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                leftOut.put(row.getObject(1, UUID.class), row.getString(2));
            }
        }
        return leftOut;
    }

    /** {@code figure (operation_id, name, states, starts_earliest, starts_latest, low, high, missing, counts)}. */
    private Sql figures(boolean withPartners, Among among) {
        return candidates(withPartners, among)
                .add(
                        ", figure as (\n  select c.*, c.missing is null and c.operation_id not in (select unnest(cast(? as uuid[]))) as counts from candidate c\n)\n",
                        covered);
    }

    /** Which of the operations that are selected. */
    private sealed interface Among {
        record All() implements Among {}

        record Overlapping() implements Among {}

        record These(Collection<UUID> operations) implements Among {}
    }

    private Sql candidates(boolean withPartners, Among among) {
        LocalDate on = reading.moment().on();
        Sql sql = withPartners ? PartnerMatching.of(reading.visible(), null) : new Sql("with nothing as (select)\n");
        sql.add("""
                , operation as (
                  select o.operation_id, o.name, o.states, o.starts_earliest, o.starts_latest%s
                    from operation_version o
                   where o.status = 'recorded'
                     and o.scope = 'operation'
                     and\s""".formatted(among instanceof Among.Overlapping ? ", o.overlapping" : ""))
                .add(reading.visible().of("o"))
                .add(condition.inPlaces("o"));
        if (selected != null) {
            sql.add("\n     and o.operation_id in (select unnest(cast(? as uuid[])))", selected);
        }
        if (on != null) {
            sql.add("\n     and o.starts_latest <= cast(? as date)", on.toString());
        }
        if (begunBy != null) {
            sql.add("\n     and o.starts_earliest <= cast(? as date)", begunBy.toString());
        }
        switch (among) {
            case Among.All all -> {}
            case Among.Overlapping overlapping -> sql.add("\n     and o.overlapping <> '{}'");
            case Among.These(Collection<UUID> operations) ->
                sql.add("\n     and o.operation_id in (select unnest(cast(? as uuid[])))", operations);
        }
        boolean all = among instanceof Among.All;
        return sql.add("""

                ), candidate as (
                  select o.*, h.low, h.high,
                         case when h.claim_id is null then 'no_figure'
                              when h.qualifier = 'unknown' then 'unknown'
                              when h.low is null and h.high is null then 'approximate'
                         end as missing
                    from operation o
                    left join\s""")
                .add(all ? "(" : "lateral (")
                .add(all ? Chosen.arrests(reading.visible()) : Chosen.arrestsOfOne(reading.visible()))
                .add(all ? ") h on h.operation_id = o.operation_id\n)\n" : ") h on true\n)\n");
    }

    /** Operations whose people may be in the figure of another one that counts. */
    private Set<UUID> covered() throws SQLException {
        record Overlapping(UUID id, long low, List<UUID> others) {}
        Sql sql = candidates(false, new Among.Overlapping()).add("""
                select operation_id, coalesce(low, 0), overlapping
                  from candidate
                 where missing is null
                """);
        List<Overlapping> overlapping = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                overlapping.add(new Overlapping(row.getObject(1, UUID.class), row.getLong(2), List.of((UUID[])
                        row.getArray(3).getArray())));
            }
        }
        overlapping.sort(Comparator.comparingLong(Overlapping::low).reversed().thenComparing(Overlapping::id));
        Set<UUID> counted = new HashSet<>();
        Set<UUID> left = new HashSet<>();
        for (Overlapping one : overlapping) {
            if (one.others().stream().anyMatch(counted::contains)) {
                left.add(one.id());
            } else {
                counted.add(one.id());
            }
        }
        return left;
    }

    private static String group(By by) {
        return switch (by) {
            case WHOLE -> "'whole'";
            case STATE -> "g.state";
            case MODEL -> "coalesce(g.support_type, 'unknown')";
        };
    }

    private static String groupTable(By by) {
        return switch (by) {
            case WHOLE -> "";
            case STATE ->
                " cross join unnest(case when f.states = '{}' then array['unknown'] else f.states end) g (state)\n";
            case MODEL -> """
                  left join (select distinct operation_id, support_type
                               from partner_agreement
                              where held <> 'no') g on g.operation_id = f.operation_id
                """;
        };
    }
}
