package ledger287.reporting.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How long things waited, as the share that was done within so many days. Each wait is known only to lie between two
 * figures, so the share is a band: its upper edge would be right if all had been as short as they can, its lower edge if as
 * long.
 */
public final class Waits {
    private Waits() {}

    /** The days something waited: between the two, or at least the first where nothing bounds it. */
    public record Wait(long low, @Nullable Long high) {}

    /**
     * @param days what the axis counts
     * @param zero what stands at day zero
     * @param half the median in words
     */
    public record Captions(String days, String zero, String half) {}

    private record Frame(int width, int height, int left, int right, int top, int bottom, int ticks) {}

    /** A wait for certain within so many days, and one perhaps. */
    private record Edges(List<Long> earliest, List<Long> latest, int all) {}

    public static String wide(String label, List<Wait> waits, LongFunction<String> number, Captions captions) {
        return draw(new Frame(960, 330, 52, 24, 30, 46, 10), label, waits, number, captions);
    }

    public static String narrow(String label, List<Wait> waits, LongFunction<String> number, Captions captions) {
        return draw(new Frame(360, 290, 50, 12, 30, 46, 4), label, waits, number, captions);
    }

    private static String draw(
            Frame frame, String label, List<Wait> waits, LongFunction<String> number, Captions captions) {
        Svg svg = Svg.image(frame.width(), frame.height(), label);
        if (waits.isEmpty()) {
            return svg.end();
        }
        Edges edges = new Edges(
                waits.stream().map(Wait::low).sorted().toList(),
                waits.stream()
                        .map(Wait::high)
                        .filter(high -> high != null)
                        .sorted()
                        .toList(),
                waits.size());
        long least = Math.min(0, edges.earliest().getFirst());
        long most = Math.max(1, edges.earliest().getLast());
        if (!edges.latest().isEmpty()) {
            most = Math.max(most, edges.latest().getLast());
        }
        double scale = (frame.width() - frame.left() - frame.right()) / (double) (most - least);
        double zero = frame.left() - least * scale;
        grid(svg, frame, least, most, scale, zero, number);
        double end = (double) frame.width() - frame.right();
        svg.path(
                steps(frame, edges.earliest(), edges.all(), scale, zero, end)
                        + back(steps(frame, edges.latest(), edges.all(), scale, zero, end)),
                "band");
        svg.path(steps(frame, edges.earliest(), edges.all(), scale, zero, end), "edge");
        svg.path(steps(frame, edges.latest(), edges.all(), scale, zero, end), "edge certain");
        svg.line(zero, frame.top() - 8.0, zero, frame.height() - frame.bottom(), "mark");
        svg.text(zero - 5, 16, zero > frame.width() / 3.0 ? "end" : "start", "mark-text", captions.zero());
        half(svg, frame, edges, scale, zero, captions);
        svg.text(end, frame.height() - 8.0, "end", "tick", captions.days());
        return svg.end();
    }

    private static void grid(
            Svg svg, Frame frame, long least, long most, double scale, double zero, LongFunction<String> number) {
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = y(frame, percent / 100.0);
            svg.line(frame.left(), y, frame.width() - frame.right(), y, percent == 0 ? "base" : "grid");
            svg.text(frame.left() - 8, y + 4, "end", "tick", number.apply(percent) + " %");
        }
        List<Long> figures = Axis.figures(Math.max(most, -least), Math.max(2, frame.ticks() / 2));
        for (long figure : figures) {
            for (long at : figure == 0 ? new long[] {0} : new long[] {-figure, figure}) {
                double x = zero + at * scale;
                if (x >= frame.left() && x <= frame.width() - frame.right()) {
                    svg.line(x, frame.height() - frame.bottom(), x, frame.height() - frame.bottom() + 5.0, "base");
                    svg.text(x, frame.height() - frame.bottom() + 19.0, "middle", "tick", minus(at, number));
                }
            }
        }
    }

    private static String minus(long figure, LongFunction<String> number) {
        return figure < 0 ? "−" + number.apply(-figure) : number.apply(figure);
    }

    private static double y(Frame frame, double share) {
        return frame.height() - frame.bottom() - share * (frame.height() - frame.bottom() - frame.top());
    }

    /** A curve that rises by one thing's share at each of the days. */
    private static String steps(Frame frame, List<Long> days, int all, double scale, double zero, double end) {
        StringBuilder d = new StringBuilder("M" + Svg.n(frame.left()) + " " + Svg.n(y(frame, 0)));
        for (int i = 0; i < days.size(); i++) {
            boolean lastOfDay = i + 1 == days.size() || !days.get(i + 1).equals(days.get(i));
            if (lastOfDay) {
                d.append("H").append(Svg.n(zero + days.get(i) * scale));
                d.append("V").append(Svg.n(y(frame, (i + 1.0) / all)));
            }
        }
        return d.append("H").append(Svg.n(end)).toString();
    }

    /** The same curve walked from its end, to close an area. */
    private static String back(String steps) {
        List<String> points = new ArrayList<>();
        String x = "";
        String y = "";
        for (String step : steps.replace("M", " M")
                .replace("H", " H")
                .replace("V", " V")
                .trim()
                .split(" +", -1)) {
            if (step.startsWith("M")) {
                x = step.substring(1);
            } else if (step.startsWith("H")) {
                x = step.substring(1);
            } else if (step.startsWith("V")) {
                y = step.substring(1);
            } else {
                y = step;
            }
            if (!y.isEmpty()) {
                points.add(x + " " + y);
            }
        }
        return "L" + String.join("L", points.reversed()) + "Z";
    }

    /** From where half may have been done to where half had been done for certain. */
    private static void half(Svg svg, Frame frame, Edges edges, double scale, double zero, Captions captions) {
        int middle = (edges.all() + 1) / 2;
        double from = zero + edges.earliest().get(middle - 1) * scale;
        boolean bounded = edges.latest().size() >= middle;
        double to = bounded ? zero + edges.latest().get(middle - 1) * scale : (double) frame.width() - frame.right();
        double y = y(frame, 0.5);
        svg.line(from, y, to, y, "half");
        svg.line(from, y - 6, from, y + 6, "limit");
        if (bounded) {
            svg.line(to, y - 6, to, y + 6, "limit");
        }
        boolean right = from > frame.width() * 0.5;
        svg.text(right ? from - 10 : to + 10, y + 5, right ? "end" : "start", "bar-figure", captions.half());
    }
}
