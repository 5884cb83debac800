package ledger287.reporting.drawing;

import java.time.LocalDate;
import java.util.List;
import java.util.function.LongFunction;

/** The same small chart for each of many, on scales of their own: they compare shapes; the figures say how much. */
public final class SmallMultiples {
    private SmallMultiples() {}

    public record Multiple(String name, String label, String href, LineChart.Line line) {}

    public static String wide(String label, List<Multiple> multiples, LongFunction<String> number) {
        return draw(6, 150, label, multiples, number);
    }

    public static String narrow(String label, List<Multiple> multiples, LongFunction<String> number) {
        return draw(2, 172, label, multiples, number);
    }

    private static String draw(
            int columns, int width, String label, List<Multiple> multiples, LongFunction<String> number) {
        int height = 92;
        int gap = 12;
        int rows = (multiples.size() + columns - 1) / columns;
        Svg svg = Svg.group(columns * (width + gap) - gap, Math.max(1, rows * (height + gap) - gap), label);
        for (int i = 0; i < multiples.size(); i++) {
            int row = i / columns;
            one(
                    svg,
                    multiples.get(i),
                    i % columns * (double) (width + gap),
                    row * (double) (height + gap),
                    width,
                    height,
                    number);
        }
        return svg.end();
    }

    private static void one(
            Svg svg, Multiple multiple, double x, double y, int width, int height, LongFunction<String> number) {
        List<LineChart.Point> points = multiple.line().points();
        Long last = multiple.line().last();
        svg.openLink(multiple.href(), multiple.label());
        svg.rect(x, y, width, height, "hit");
        svg.text(x, y + 14, "start", "multiple-name", multiple.name());
        svg.text(x + width, y + 14, "end", "multiple-figure", last == null ? "?" : number.apply(last));
        double top = y + 24;
        double bottom = y + height - 4.0;
        svg.line(x, bottom, x + width, bottom, "base");
        if (points.size() > 1 && last != null) {
            LocalDate from = points.getFirst().day();
            double span = Math.max(1, points.getLast().day().toEpochDay() - from.toEpochDay());
            long largest = 1;
            for (LineChart.Point point : points) {
                Long value = point.value();
                largest = value == null ? largest : Math.max(largest, value);
            }
            StringBuilder line = new StringBuilder();
            String firstX = "";
            String lastX = "";
            for (LineChart.Point point : points) {
                Long value = point.value();
                if (value == null) {
                    continue;
                }
                lastX = Svg.n(x + (point.day().toEpochDay() - from.toEpochDay()) / span * width);
                firstX = firstX.isEmpty() ? lastX : firstX;
                line.append(line.isEmpty() ? 'M' : 'L')
                        .append(lastX)
                        .append(' ')
                        .append(Svg.n(bottom - (double) value / largest * (bottom - top)));
            }
            svg.path(line + "L" + lastX + " " + Svg.n(bottom) + "L" + firstX + " " + Svg.n(bottom) + "Z", "area");
            svg.path(line.toString(), "line total");
        }
        svg.closeLink();
    }
}
