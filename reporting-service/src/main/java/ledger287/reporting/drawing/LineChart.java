package ledger287.reporting.drawing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines over time, each with its name and last figure at its end. */
public final class LineChart {
    private static final double FIGURE_HEIGHT = 19;
    private static final double NAME_HEIGHT = 14.5;
    private static final double LETTER_WIDTH = 7;

    private LineChart() {}

    /** @param value null where nothing is known: the line has a gap there */
    public record Point(LocalDate day, @Nullable Long value) {}

    /**
     * @param style a class that gives colour and dashes; the name at the line's end tells lines apart without either
     */
    public record Line(String name, String style, List<Point> points) {
        @Nullable
        Long last() {
            for (int i = points.size() - 1; i >= 0; i--) {
                Long value = points.get(i).value();
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }

    /** A day that explains something. */
    public record Mark(LocalDate day, String text) {}

    /** How numbers and days are written. */
    public record Scripts(
            LongFunction<String> number, Function<LocalDate, String> day, Function<LocalDate, String> month) {}

    /** For screens from 720 pixels. */
    public static String wide(String label, List<Line> lines, List<Mark> marks, Scripts scripts) {
        return draw(new Frame(960, 400, 52, 190, 44, 34, 8), label, lines, marks, scripts);
    }

    /** For smaller ones. */
    public static String narrow(String label, List<Line> lines, List<Mark> marks, Scripts scripts) {
        return draw(new Frame(360, 340, 36, 122, 44, 30, 3), label, lines, marks, scripts);
    }

    private record Frame(int width, int height, int left, int right, int top, int bottom, int ticks) {
        double x(LocalDate day, LocalDate from, LocalDate to) {
            double span = Math.max(1, to.toEpochDay() - from.toEpochDay());
            return left + (day.toEpochDay() - from.toEpochDay()) / span * (width - left - right);
        }

        double y(long value, long top) {
            return height - bottom - (double) value / Math.max(1, top) * (height - bottom - this.top);
        }
    }

    private static String draw(Frame frame, String label, List<Line> lines, List<Mark> marks, Scripts scripts) {
        Svg svg = Svg.group(frame.width(), frame.height(), label);
        List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
        if (all.isEmpty()) {
            return svg.end();
        }
        LocalDate from =
                all.stream().map(Point::day).min(Comparator.naturalOrder()).orElseThrow();
        LocalDate to =
                all.stream().map(Point::day).max(Comparator.naturalOrder()).orElseThrow();
        long largest = 0;
        for (Point point : all) {
            Long value = point.value();
            largest = value == null ? largest : Math.max(largest, value);
        }
        List<Long> figures = Axis.figures(Math.max(1, largest), 5);
        long top = figures.getLast();
        double right = frame.width() - frame.right();
        for (long figure : figures) {
            double y = frame.y(figure, top);
            svg.line(frame.left(), y, right, y, figure == 0 ? "base" : "grid");
            svg.text(frame.left() - 8, y + 4, "end", "tick", scripts.number().apply(figure));
        }
        boolean byDays = Axis.byDays(from, to);
        double lastTick = Double.NEGATIVE_INFINITY;
        for (LocalDate day : Axis.days(from, to, frame.ticks())) {
            double x = frame.x(day, from, to);
            if (x - lastTick < 48) {
                continue;
            }
            lastTick = x;
            svg.line(x, frame.height() - frame.bottom(), x, frame.height() - frame.bottom() + 5.0, "base");
            svg.text(
                    x,
                    frame.height() - frame.bottom() + 19.0,
                    "middle",
                    "tick",
                    (byDays ? scripts.day() : scripts.month()).apply(day));
        }
        marks(svg, frame, marks, from, to);
        series(svg, frame, lines, from, to, top, scripts);
        hover(svg, frame, lines, from, to, top);
        return svg.end();
    }

    private static void marks(Svg svg, Frame frame, List<Mark> marks, LocalDate from, LocalDate to) {
        double beforeEnd = frame.left();
        int row = 0;
        for (Mark mark : marks) {
            if (mark.day().isBefore(from) || mark.day().isAfter(to)) {
                continue;
            }
            double x = frame.x(mark.day(), from, to);
            boolean flips = x > (frame.width() - frame.right()) * 0.62;
            double begins = flips ? x - mark.text().length() * 6.5 : x;
            row = begins < beforeEnd ? row + 1 : 0;
            double y = 14 + row * 15.0;
            svg.line(x, y - 10, x, frame.height() - frame.bottom(), "mark");
            svg.text(flips ? x - 5 : x + 5, y, flips ? "end" : "start", "mark-text", mark.text());
            beforeEnd = flips ? x : x + mark.text().length() * 6.5;
        }
    }

    private static String path(Frame frame, Line line, LocalDate from, LocalDate to, long top) {
        StringBuilder d = new StringBuilder();
        boolean begun = false;
        for (Point point : line.points()) {
            Long value = point.value();
            if (value == null) {
                begun = false;
                continue;
            }
            d.append(begun ? 'L' : 'M')
                    .append(Svg.n(frame.x(point.day(), from, to)))
                    .append(' ')
                    .append(Svg.n(frame.y(value, top)));
            begun = true;
        }
        return d.toString();
    }

    /** Each line with its label is one part: a pointer or the keyboard brings it forward, and the others step back. */
    private static void series(
            Svg svg, Frame frame, List<Line> lines, LocalDate from, LocalDate to, long top, Scripts scripts) {
        List<Line> shown = new ArrayList<>();
        for (Line line : lines) {
            if (line.last() != null) {
                shown.add(line);
            }
        }
        shown.sort(Comparator.comparingLong(line -> -value(line)));
        double[] labels = labels(frame, shown, top);
        for (int i = 0; i < shown.size(); i++) {
            Line line = shown.get(i);
            String figure = scripts.number().apply(value(line));
            String path = path(frame, line, from, to, top);
            double x = (double) frame.width() - frame.right();
            svg.openPart("series", line.name() + ": " + figure);
            svg.path(path, "reach");
            svg.path(path, "line " + line.style());
            svg.circle(x, frame.y(value(line), top), 3.5, "dot " + line.style());
            svg.text(x + 10, labels[i] - 2, "start", "end-figure " + line.style(), figure);
            double y = labels[i] + 13;
            for (String part : wrapped(line.name(), frame.right())) {
                svg.text(x + 10, y, "start", "end-name", part);
                y += NAME_HEIGHT;
            }
            svg.closeGroup();
        }
    }

    /** Where the names stand: beside their lines, or as far below as the one above needs; never below the drawing. */
    private static double[] labels(Frame frame, List<Line> shown, long top) {
        double[] at = new double[shown.size()];
        double free = 0;
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(frame.y(value(shown.get(i)), top), free + FIGURE_HEIGHT);
            free = at[i] + height(frame, shown.get(i));
        }
        double below = frame.height() - 2.0;
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = Math.min(at[i], below - height(frame, shown.get(i)));
            below = at[i] - FIGURE_HEIGHT;
        }
        return at;
    }

    private static double height(Frame frame, Line line) {
        return wrapped(line.name(), frame.right()).size() * NAME_HEIGHT;
    }

    /** A name in as many lines as the room beside the curve makes of it. */
    private static List<String> wrapped(String name, int room) {
        return Wrapping.lines(name, Math.max(8, (int) ((room - 12) / LETTER_WIDTH)));
    }

    private static long value(Line line) {
        Long last = line.last();
        return last == null ? 0 : last;
    }

    /** The points, for a script that shows the figures under a pointer; the table holds the same for everybody. */
    private static void hover(Svg svg, Frame frame, List<Line> lines, LocalDate from, LocalDate to, long top) {
        svg.data("left", Integer.toString(frame.left()));
        svg.data("right", Integer.toString(frame.width() - frame.right()));
        svg.data("top", Integer.toString(frame.top()));
        svg.data("bottom", Integer.toString(frame.height() - frame.bottom()));
        svg.data("largest", Long.toString(top));
        svg.data("from", from.toString());
        svg.data("to", to.toString());
        svg.data("names", lines.stream().map(Line::name).collect(Collectors.joining("|")));
        svg.data(
                "points",
                lines.isEmpty()
                        ? ""
                        : java.util.stream.IntStream.range(
                                        0, lines.getFirst().points().size())
                                .mapToObj(i -> lines.getFirst().points().get(i).day() + ","
                                        + lines.stream()
                                                .map(line -> text(line, i))
                                                .collect(Collectors.joining(",")))
                                .collect(Collectors.joining(";")));
    }

    private static String text(Line line, int i) {
        Long value = i < line.points().size() ? line.points().get(i).value() : null;
        return value == null ? "" : value.toString();
    }
}
