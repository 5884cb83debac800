package ledger287.reporting.lists;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Parameters;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A column of a list, declared once for everything that a reader can do with it: select it by {@code fields}, sort by it,
 * filter by it, count by it. SQL comes from here alone; of a request it only ever takes values, which are bound.
 */
public final class ListColumn {
    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final int MOST_DAYS = 100;

    private final String name;
    private final Kind kind;
    private final @Nullable Expression sql;
    private final List<String> words;
    private final Set<Use> uses;

    private ListColumn(String name, Kind kind, @Nullable Expression sql, List<String> words, Set<Use> uses) {
        this.name = name;
        this.kind = kind;
        this.sql = sql;
        this.words = words;
        this.uses = uses;
    }

    /** Where a query finds a column's value. */
    public interface Expression {
        Sql at(Reading reading);
    }

    /** What the values are. */
    private enum Kind {
        TEXT,
        WORD,
        ID,
        TRUTH,
        WHOLE,
        DAY,
        INSTANT
    }

    private enum Use {
        /** It has a place in tables. */
        SHOW,
        FILTER,
        /** Its values are few enough to be counted by. */
        FACET,
        /** The image does not have it: the query tells it. */
        COMPUTE
    }

    /** A condition of a request. */
    interface Condition {
        Sql at(Reading reading);
    }

    /** A column that is shown and nothing else. */
    public static ListColumn shown(String name) {
        return new ListColumn(name, Kind.TEXT, null, List.of(), EnumSet.of(Use.SHOW));
    }

    /** A name under which a list can be sorted, and nothing else. */
    public static ListColumn order(String name, String sql) {
        return new ListColumn(name, Kind.TEXT, reading -> new Sql(sql), List.of(), EnumSet.noneOf(Use.class));
    }

    public static ListColumn text(String name, String sql) {
        return of(name, Kind.TEXT, sql);
    }

    /** @param words every value there is, but for those not known */
    public static ListColumn word(String name, String sql, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add(Filters.UNKNOWN);
        return new ListColumn(
                name, Kind.WORD, reading -> new Sql(sql), all, EnumSet.of(Use.SHOW, Use.FILTER, Use.FACET));
    }

    public static ListColumn id(String name, String sql) {
        return of(name, Kind.ID, sql);
    }

    public static ListColumn truth(String name, String sql) {
        return of(name, Kind.TRUTH, sql).faceted();
    }

    /** Whole numbers. */
    public static ListColumn whole(String name, String sql) {
        return of(name, Kind.WHOLE, sql);
    }

    /** Whole numbers that depend on what is visible. */
    public static ListColumn whole(String name, Expression sql) {
        return new ListColumn(name, Kind.WHOLE, sql, List.of(), EnumSet.of(Use.SHOW, Use.FILTER));
    }

    public static ListColumn day(String name, String sql) {
        return of(name, Kind.DAY, sql);
    }

    public static ListColumn instant(String name, String sql) {
        return of(name, Kind.INSTANT, sql);
    }

    private static ListColumn of(String name, Kind kind, String sql) {
        return new ListColumn(name, kind, reading -> new Sql(sql), List.of(), EnumSet.of(Use.SHOW, Use.FILTER));
    }

    /** The same, to be counted by too. */
    public ListColumn faceted() {
        return with(Use.FACET);
    }

    /** The same, told by the query and not by the image. */
    public ListColumn computed() {
        return with(Use.COMPUTE);
    }

    private ListColumn with(Use use) {
        Set<Use> more = EnumSet.copyOf(uses);
        more.add(use);
        return new ListColumn(name, kind, sql, words, more);
    }

    public String name() {
        return name;
    }

    boolean isShown() {
        return uses.contains(Use.SHOW);
    }

    boolean isFaceted() {
        return uses.contains(Use.FACET);
    }

    boolean isComputed() {
        return uses.contains(Use.COMPUTE);
    }

    boolean isSortable() {
        return sql != null;
    }

    /** Its value in a query. */
    Sql at(Reading reading) {
        if (sql == null) {
            throw new IllegalStateException(name + " is only shown");
        }
        return sql.at(reading);
    }

    /** What it can be compared by. */
    Set<Comparison> comparisons() {
        if (!uses.contains(Use.FILTER)) {
            return Set.of();
        }
        return switch (kind) {
            case TEXT, WORD, ID, TRUTH -> EnumSet.of(Comparison.IS, Comparison.IN, Comparison.NE, Comparison.ISNULL);
            case WHOLE, DAY, INSTANT -> EnumSet.allOf(Comparison.class);
        };
    }

    /** What a request asks of this column, if anything. */
    Optional<Condition> condition(Parameters parameters, Comparison comparison) {
        String parameter = comparison.parameter(name);
        if (!parameters.has(parameter)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (comparison) {
                    case IS -> kind == Kind.TEXT ? isText(parameters, parameter) : among(parameters, parameter);
                    case IN -> among(parameters, parameter);
                    case NE -> {
                        Condition among = among(parameters, parameter);
                        yield reading -> new Sql("(").add(among.at(reading)).add(") is not true");
                    }
                    case GT, GTE, LT, LTE -> bound(parameters, parameter, comparison);
                    case ISNULL -> {
                        boolean unknown = parameters
                                .word(parameter, TRUTHS)
                                .orElse("true")
                                .equals("true");
                        yield reading -> at(reading).add(unknown ? " is null" : " is not null");
                    }
                });
    }

    /** The whole text, commas included. */
    private Condition isText(Parameters parameters, String parameter) {
        String text = parameters.search(parameter).orElseThrow();
        return reading -> at(reading).add(" = ?", text);
    }

    private Condition among(Parameters parameters, String parameter) {
        return switch (kind) {
            case TEXT -> {
                Set<String> texts = parameters.texts(parameter);
                yield reading -> at(reading).add(" = any (?)", texts);
            }
            case WORD -> {
                Set<String> some = parameters.words(parameter, words);
                yield reading -> some.contains(Filters.UNKNOWN)
                        ? at(reading).add(" is null or ").add(at(reading)).add(" = any (?)", some)
                        : at(reading).add(" = any (?)", some);
            }
            case ID -> {
                Set<UUID> ids = parameters.ids(parameter);
                yield reading -> at(reading).add(" = any (?)", ids);
            }
            case TRUTH -> {
                Set<String> truths = parameters.words(parameter, TRUTHS);
                yield reading -> new Sql("cast(").add(at(reading)).add(" as text) = any (?)", truths);
            }
            case WHOLE -> {
                List<String> wholes = parameters.wholes(parameter).stream()
                        .map(String::valueOf)
                        .toList();
                yield reading -> at(reading).add(" = any (cast(? as bigint[]))", wholes);
            }
            case DAY -> {
                List<String> days = parameters.days(parameter, MOST_DAYS).stream()
                        .map(String::valueOf)
                        .toList();
                yield reading -> at(reading).add(" = any (cast(? as date[]))", days);
            }
            case INSTANT -> {
                List<Parameters.DayOrInstant> times = parameters.daysOrInstants(parameter);
                yield reading -> {
                    Sql any = new Sql("false");
                    times.forEach(time ->
                            any.add(" or ").add(at(reading)).add(" between ? and ?", time.first(), time.instant()));
                    return any;
                };
            }
        };
    }

    private Condition bound(Parameters parameters, String parameter, Comparison comparison) {
        String compares = " " + comparison.operator() + " ";
        return switch (kind) {
            case WHOLE -> {
                long whole = one(parameter, parameters.wholes(parameter));
                yield reading -> at(reading).add(compares + "?", whole);
            }
            case DAY -> {
                String day = parameters.day(parameter).map(String::valueOf).orElseThrow();
                yield reading -> at(reading).add(compares + "cast(? as date)", day);
            }
            case INSTANT -> {
                Parameters.DayOrInstant time = one(parameter, parameters.daysOrInstants(parameter));
                // After a day is after its end, before it is before its beginning.
                boolean first = comparison == Comparison.GTE || comparison == Comparison.LT;
                yield reading -> at(reading).add(compares + "?", first ? time.first() : time.instant());
            }
            case TEXT, WORD, ID, TRUTH -> throw new IllegalStateException(name + " has no order");
        };
    }

    private static <T> T one(String parameter, Collection<T> values) {
        if (values.size() != 1) {
            throw Problem.parameter(parameter, "'%s' takes one value.".formatted(parameter));
        }
        return values.iterator().next();
    }
}
