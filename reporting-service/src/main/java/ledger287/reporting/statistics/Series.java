package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import ledger287.reporting.operations.Bounds;
import ledger287.reporting.operations.OperationMeasures;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * How a figure came to be what it is: its value at the end of each stretch of time, or by how much it changed in it.
 *
 * @param rows in order of time, without gaps; empty when nothing is known
 * @param known whether anything is known at all
 * @param placedByListing how many of those that count are not placed by their day of signing, because it is vague or yet to
 *     come
 * @param undated what is known of operations whose beginning does not fall into one stretch for certain; null where there
 *     are none
 */
record Series(
        List<ObjectNode> rows,
        boolean known,
        LocalDate end,
        long placedByListing,
        @Nullable ObjectNode undated) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Beyond this an answer takes too long to make and to read. */
    private static final int MOST_FIGURES = 250_000;

    static Series read(Reading reading, SeriesQuestion asked) throws SQLException {
        LocalDate end = asked.end(reading.moment());
        return switch (asked.measure().counts()) {
            case BY_SIGNING_OR_LISTING, BY_LISTING -> counts(reading, asked, end);
            case BY_BEGINNING -> ofOperations(reading, asked, end);
        };
    }

    /** A row as there would be one, for the columns of a table without any. */
    static ObjectNode blank(SeriesQuestion asked) {
        ObjectNode row = JSON.createObjectNode().putNull("from").putNull("to");
        putBlank(row, asked.measure().code(), asked.measure());
        if (asked.by() != null) {
            ObjectNode divided = row.putObject("by_" + asked.by().code());
            asked.by().groups().forEach(group -> putBlank(divided, group, asked.measure()));
        }
        return row;
    }

    private static void putBlank(ObjectNode row, String name, Measure measure) {
        if (measure == Measure.ARRESTS) {
            Bounds.UNKNOWN.put(row.putObject(name));
        } else {
            row.putNull(name);
        }
    }

    /** Puts the answer. */
    static void put(Question question, Reading reading, SeriesQuestion asked, ObjectNode answer) throws SQLException {
        Series series = read(reading, asked);
        answer.put("measure", asked.measure().code());
        answer.put("by", asked.by() == null ? null : asked.by().code());
        answer.put("interval", asked.interval().code());
        answer.put("basis", asked.basis() == null ? null : asked.basis().code());
        answer.put("cumulative", asked.cumulative());
        answer.put("since", asked.since().toString());
        answer.put("to", series.end().toString());
        answer.putArray("items").addAll(series.rows());
        if (series.known()) {
            answer.put("count", series.rows().size());
        } else {
            answer.putNull("count");
        }
        answer.putNull("next_cursor");
        if (asked.basis() == SeriesQuestion.Basis.SIGNED) {
            answer.put("placed_by_listing", series.placedByListing());
        }
        if (series.undated() != null) {
            answer.set("undated", series.undated());
        }
        Definitions.putSeries(answer, asked);
        answer.put(
                "citation",
                question.citation("287(g) %s by %s"
                        .formatted(
                                asked.measure().code().replace('_', ' '),
                                asked.interval().code())));
    }

    private static Series counts(Reading reading, SeriesQuestion asked, LocalDate end) throws SQLException {
        boolean pending = asked.measure() == Measure.PENDING_APPLICATIONS;
        LocalDate firstPublication = Steps.firstPublication(reading, pending ? "pending" : "participating");
        if (firstPublication == null) {
            return new Series(List.of(), false, end, 0, null);
        }
        boolean signed = asked.basis() == SeriesQuestion.Basis.SIGNED;
        // Of those that count at the moment, whatever the last day shown: a later 'to' only shows more of them.
        SeriesQuestion whole = new SeriesQuestion(
                asked.measure(),
                asked.by(),
                asked.interval(),
                asked.basis(),
                asked.cumulative(),
                asked.from(),
                null,
                asked.since(),
                asked.filters());
        Steps steps = signed ? Steps.signed(reading, asked, whole.end(reading.moment())) : Steps.listed(reading, asked);
        LocalDate first = signed ? steps.firstDay() : firstPublication;
        if (first == null) {
            first = end;
        }
        List<Stretch> stretches = stretches(asked, first, end);
        List<ObjectNode> rows = new ArrayList<>(stretches.size());
        List<String> groups = asked.by() == null ? List.of() : asked.by().groups();
        Map<String, Long> sums = new TreeMap<>();
        NavigableMap<LocalDate, Map<String, Long>> left = new TreeMap<>(steps.byDay());
        for (Stretch stretch : stretches) {
            if (asked.cumulative()) {
                take(left, stretch.to(), sums);
            } else {
                sums.clear();
                take(left, stretch.from().minusDays(1), new TreeMap<>());
                take(left, stretch.to(), sums);
            }
            ObjectNode row = row(stretch);
            boolean toldThen = signed || !stretch.to().isBefore(firstPublication);
            put(row, asked.measure().code(), toldThen ? sums.getOrDefault(Steps.WHOLE, 0L) : null);
            if (asked.by() != null) {
                ObjectNode divided = row.putObject("by_" + asked.by().code());
                for (String group : groups) {
                    put(divided, group, toldThen ? sums.getOrDefault(group, 0L) : null);
                }
            }
            rows.add(row);
        }
        return new Series(rows, true, end, steps.placedByListing(), null);
    }

    private static void take(NavigableMap<LocalDate, Map<String, Long>> left, LocalDate upTo, Map<String, Long> sums) {
        while (!left.isEmpty() && !left.firstKey().isAfter(upTo)) {
            left.pollFirstEntry().getValue().forEach((group, n) -> sums.merge(group, n, Long::sum));
        }
    }

    private static void put(ObjectNode row, String name, @Nullable Long figure) {
        row.put(name, figure);
    }

    /** What is known of operations in one stretch. */
    private record Begun(long operations, Bounds arrests) {
        static final Begun NOTHING = new Begun(0, Bounds.UNKNOWN);

        Begun plus(Begun other) {
            // A sum begins with its first part: no figure yet is no figure, not an unknown one.
            Bounds sum =
                    operations == 0 ? other.arrests : other.operations == 0 ? arrests : arrests.plus(other.arrests);
            return new Begun(operations + other.operations, sum);
        }

        void put(ObjectNode row, String name, Measure measure) {
            if (measure == Measure.OPERATIONS) {
                row.put(name, operations);
            } else if (operations == 0) {
                row.putNull(name);
            } else {
                arrests.put(row.putObject(name));
            }
        }
    }

    private static Series ofOperations(Reading reading, SeriesQuestion asked, LocalDate end) throws SQLException {
        if (!OperationMeasures.known(reading)) {
            return new Series(List.of(), false, end, 0, null);
        }
        var measures = new OperationMeasures(reading, asked.filters());
        List<OperationMeasures.Row> whole = measures.rowsByBeginning(OperationMeasures.By.WHOLE);
        LocalDate first = end;
        for (OperationMeasures.Row row : whole) {
            OperationMeasures.Beginning began = row.began();
            if (began != null
                    && withinOne(asked.interval(), began)
                    && began.earliest().isBefore(first)) {
                first = began.earliest();
            }
        }
        List<Stretch> stretches = stretches(asked, first, end);
        var placed = new Placed(
                asked.interval(),
                stretches.isEmpty() ? end.plusDays(1) : stretches.getFirst().from(),
                end);
        whole.forEach(row -> placed.add(Steps.WHOLE, row));
        if (asked.by() != null) {
            measures.rowsByBeginning(
                            asked.by() == Grouping.STATE ? OperationMeasures.By.STATE : OperationMeasures.By.MODEL)
                    .forEach(row -> placed.add(row.group(), row));
        }
        List<ObjectNode> rows = new ArrayList<>();
        // With sums, what began before the first stretch shown counts too.
        Map<String, Begun> sums = asked.cumulative() ? placed.before : new TreeMap<>();
        for (Stretch stretch : stretches) {
            if (!asked.cumulative()) {
                sums.clear();
            }
            placed.within
                    .getOrDefault(asked.interval().start(stretch.from()), Map.of())
                    .forEach((group, n) -> sums.merge(group, n, Begun::plus));
            rows.add(put(row(stretch), sums, asked));
        }
        return new Series(
                rows,
                true,
                end,
                0,
                placed.undated.isEmpty() ? null : put(JSON.createObjectNode(), placed.undated, asked));
    }

    private static boolean withinOne(Interval interval, OperationMeasures.Beginning began) {
        return interval.start(began.earliest()).equals(interval.start(began.latest()));
    }

    /**
     * What is known of operations, by the stretches into which their beginnings fall. {@code within} has them by the
     * calendar's stretch, but the first stretch shown and the last may be cut: then the days that are shown decide. What began after the last day shown is
     * nowhere.
     */
    private static final class Placed {
        private final Interval interval;
        private final LocalDate from;
        private final LocalDate end;
        private final Map<String, Begun> before = new TreeMap<>();
        private final Map<LocalDate, Map<String, Begun>> within = new TreeMap<>();
        private final Map<String, Begun> undated = new TreeMap<>();

        /**
         * @param from the first day shown
         * @param end the last day shown
         */
        Placed(Interval interval, LocalDate from, LocalDate end) {
            this.interval = interval;
            this.from = from;
            this.end = end;
        }

        void add(String group, OperationMeasures.Row row) {
            var begun = new Begun(row.operations(), row.arrests());
            OperationMeasures.Beginning began = row.began();
            if (began != null && began.earliest().isAfter(end)) {
                return;
            }
            if (began == null || !withinOne(interval, began)) {
                undated.merge(group, begun, Begun::plus);
            } else if (began.latest().isBefore(from)) {
                before.merge(group, begun, Begun::plus);
            } else if (began.earliest().isBefore(from) || began.latest().isAfter(end)) {
                undated.merge(group, begun, Begun::plus);
            } else {
                within.computeIfAbsent(interval.start(began.earliest()), day -> new TreeMap<>())
                        .merge(group, begun, Begun::plus);
            }
        }
    }

    private static ObjectNode put(ObjectNode row, Map<String, Begun> sums, SeriesQuestion asked) {
        sums.getOrDefault(Steps.WHOLE, Begun.NOTHING).put(row, asked.measure().code(), asked.measure());
        if (asked.by() != null) {
            ObjectNode divided = row.putObject("by_" + asked.by().code());
            for (String group : asked.by().groups()) {
                sums.getOrDefault(group, Begun.NOTHING).put(divided, group, asked.measure());
            }
        }
        return row;
    }

    /** @param to the last day, included */
    private record Stretch(LocalDate from, LocalDate to) {}

    /** From the first stretch to the last, cut at both ends to the days that are asked for and known. */
    private static List<Stretch> stretches(SeriesQuestion asked, LocalDate first, LocalDate end) {
        LocalDate from = asked.from() == null ? asked.interval().start(first) : asked.from();
        int figures = asked.by() == null ? 1 : 1 + asked.by().groups().size();
        List<Stretch> stretches = new ArrayList<>();
        LocalDate day = from;
        while (!day.isAfter(end)) {
            LocalDate next = asked.interval().next(asked.interval().start(day));
            LocalDate last = next.minusDays(1);
            stretches.add(new Stretch(day, last.isAfter(end) ? end : last));
            day = next;
            if ((long) stretches.size() * figures > MOST_FIGURES) {
                throw Problem.parameter(
                        "interval",
                        "From %s to %s these would be more than %,d figures. Take a wider interval, or a later 'from'."
                                .formatted(from, end, MOST_FIGURES));
            }
        }
        return stretches;
    }

    private static ObjectNode row(Stretch stretch) {
        return JSON.createObjectNode()
                .put("from", stretch.from().toString())
                .put("to", stretch.to().toString());
    }
}
