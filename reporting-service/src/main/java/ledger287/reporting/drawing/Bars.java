package ledger287.reporting.drawing;

import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Figures as bars, and bounds as bounds. */
public final class Bars {
    private Bars() {}

    /** @param value null where it is not known */
    public record Bar(String name, String style, @Nullable Long value) {}

    /** Bars across, each with its name above and its figure at its end. */
    public static String wide(String label, List<Bar> bars, LongFunction<String> number) {
        return across(960, label, bars, number);
    }

    public static String narrow(String label, List<Bar> bars, LongFunction<String> number) {
        return across(360, label, bars, number);
    }

    private static String across(int width, String label, List<Bar> bars, LongFunction<String> number) {
        int row = 46;
        Svg svg = Svg.image(width, Math.max(1, bars.size() * row), label);
        long largest = 1;
        for (Bar bar : bars) {
            Long value = bar.value();
            largest = value == null ? largest : Math.max(largest, value);
        }
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            Long value = bar.value();
            double y = i * (double) row;
            svg.text(0, y + 14, "start", "bar-name", bar.name());
            double length = value == null ? 0 : (double) value / largest * (width - 70);
            svg.rect(0, y + 20, length, 16, "bar " + bar.style());
            svg.text(length + 6, y + 33, "start", "bar-figure", value == null ? "?" : number.apply(value));
        }
        return svg.end();
    }

    /**
     * What is certain about a figure.
     *
     * @param low and {@code high} bounds; null where there is none
     * @param near a figure that is only near the truth; null when there is none
     * @param total whether it stands for all the others
     */
    public record Bound(
            String name,
            String text,
            String href,
            @Nullable Long low,
            @Nullable Long high,
            @Nullable Long near,
            boolean total) {}

    public static String boundsWide(String label, List<Bound> bounds, LongFunction<String> number) {
        return bounds(960, label, bounds, number);
    }

    public static String boundsNarrow(String label, List<Bound> bounds, LongFunction<String> number) {
        return bounds(360, label, bounds, number);
    }

    private static String bounds(int width, String label, List<Bound> bounds, LongFunction<String> number) {
        int row = 58;
        Svg svg = Svg.group(width, bounds.size() * row + 24, label);
        long largest = 1;
        for (Bound bound : bounds) {
            for (Long value : new Long[] {bound.low(), bound.high(), bound.near()}) {
                largest = value == null ? largest : Math.max(largest, value);
            }
        }
        List<Long> figures = Axis.figures(largest, width > 500 ? 6 : 3);
        double scale = (width - 60.0) / figures.getLast();
        double bottom = bounds.size() * (double) row;
        for (long figure : figures) {
            svg.line(figure * scale, 0, figure * scale, bottom, figure == 0 ? "base" : "grid");
            svg.text(figure * scale, bottom + 16, figure == 0 ? "start" : "middle", "tick", number.apply(figure));
        }
        for (int i = 0; i < bounds.size(); i++) {
            one(svg, bounds.get(i), i * (double) row, scale, width);
        }
        return svg.end();
    }

    private static void one(Svg svg, Bound bound, double y, double scale, int width) {
        int letters = width > 500 ? 110 : 40;
        String name = bound.name().length() > letters ? bound.name().substring(0, letters - 1) + "…" : bound.name();
        svg.openLink(bound.href(), bound.name() + ": " + bound.text());
        svg.rect(0, y + 2, width, 50, "hit");
        if (bound.total()) {
            svg.line(0, y + 1, width, y + 1, "base");
        }
        svg.text(6, y + 17, "start", bound.total() ? "bar-name total" : "bar-name", name);
        double middle = y + 34;
        Long low = bound.low();
        Long high = bound.high();
        Long near = bound.near();
        double textAt = 6;
        if (low != null && low.equals(high)) {
            svg.line(0, middle, low * scale, middle, "stem");
            svg.circle(low * scale, middle, 6, "exact");
            textAt = low * scale + 12;
        } else if (low != null && high != null) {
            svg.rect(low * scale, middle - 6, (high - low) * scale, 12, "range");
            svg.line(low * scale, middle - 9, low * scale, middle + 9, "limit");
            svg.line(high * scale, middle - 9, high * scale, middle + 9, "limit");
            textAt = high * scale + 8;
        } else if (low != null) {
            double end = Math.min(low * scale + 54, width - 8.0);
            svg.line(low * scale, middle - 9, low * scale, middle + 9, "limit");
            svg.line(low * scale, middle, end, middle, "open");
            svg.path("M%s %sl-7 -5v10z".formatted(Svg.n(end + 2), Svg.n(middle)), "arrow");
            textAt = low * scale > width * 0.6 ? -1 : end + 10;
        } else if (high != null) {
            svg.line(0, middle, high * scale, middle, "open");
            svg.line(high * scale, middle - 9, high * scale, middle + 9, "limit");
            textAt = high * scale + 8;
        } else if (near != null) {
            svg.circle(near * scale, middle, 6, "near");
            textAt = near * scale + 12;
        }
        if (textAt < 0 && low != null) {
            svg.text(low * scale - 8, middle + 4, "end", "bar-figure", bound.text());
        } else {
            boolean fits = textAt + bound.text().length() * 7.5 < width;
            svg.text(
                    fits ? textAt : width - 2.0,
                    fits ? middle + 4 : middle + 20,
                    fits ? "start" : "end",
                    "bar-figure",
                    bound.text());
        }
        svg.closeLink();
    }
}
