package ledger287.reporting.drawing;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** What changed on each day that brought news: additions above a line, corrections and departures below it. */
public final class Pulse {
    private static final int HEIGHT = 176;
    private static final double BASE = 104;
    private static final double ROOM_ABOVE = 62;
    private static final double ROOM_BELOW = 42;

    private Pulse() {}

    /** A day's changes. */
    public record Day(String day, long additions, long corrections, long departures) {}

    /** @param day how a day is written */
    public record Captions(String additions, String corrections, String departures, UnaryOperator<String> day) {}

    public static String wide(String label, List<Day> days, LongFunction<String> number, Captions captions) {
        return draw(960, label, days, number, captions);
    }

    public static String narrow(String label, List<Day> days, LongFunction<String> number, Captions captions) {
        return draw(360, label, days.subList(Math.max(0, days.size() - 30), days.size()), number, captions);
    }

    private static String draw(
            int width, String label, List<Day> days, LongFunction<String> number, Captions captions) {
        Svg svg = Svg.image(width, HEIGHT, label);
        long up = 1;
        long down = 1;
        for (Day day : days) {
            up = Math.max(up, day.additions());
            down = Math.max(down, Math.max(day.corrections(), day.departures()));
        }
        legend(svg, width, captions);
        double step = width / (double) Math.max(1, days.size());
        double bar = Math.min(22, Math.max(2, step - 3));
        boolean room = step > 22;
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            double x = i * step + (step - bar) / 2;
            double plus = root(day.additions(), up) * ROOM_ABOVE;
            double corrected = root(day.corrections(), down) * ROOM_BELOW;
            double left = root(day.departures(), down) * ROOM_BELOW;
            svg.openTitled("%s – %s: %s, %s: %s, %s: %s"
                    .formatted(
                            captions.day().apply(day.day()),
                            captions.additions(),
                            number.apply(day.additions()),
                            captions.corrections(),
                            number.apply(day.corrections()),
                            captions.departures(),
                            number.apply(day.departures())));
            svg.rect(i * step, BASE - ROOM_ABOVE - 14, step, ROOM_ABOVE + ROOM_BELOW + 14, "hit");
            svg.rect(x, BASE - plus, bar, plus, "bar added");
            svg.rect(x, BASE + 1, bar / 2, corrected, "bar corrected");
            svg.rect(x + bar / 2, BASE + 1, bar / 2, left, "bar left");
            if (day.additions() > 0 && (room || day.additions() == up)) {
                svg.text(x + bar / 2, BASE - plus - 4, "middle", "tick tiny", number.apply(day.additions()));
            }
            svg.closeGroup();
        }
        svg.line(0, BASE, width, BASE, "base");
        if (!days.isEmpty()) {
            svg.text(
                    0,
                    HEIGHT - 8.0,
                    "start",
                    "tick",
                    captions.day().apply(days.getFirst().day()));
            if (days.size() > 1) {
                svg.text(
                        width,
                        HEIGHT - 8.0,
                        "end",
                        "tick",
                        captions.day().apply(days.getLast().day()));
            }
        }
        return svg.end();
    }

    private static void legend(Svg svg, int width, Captions captions) {
        String[] names = {captions.additions(), captions.corrections(), captions.departures()};
        String[] styles = {"added", "corrected", "left"};
        double x = 0;
        for (int i = 0; i < names.length; i++) {
            svg.rect(x, 3, 11, 11, "bar " + styles[i]);
            svg.text(x + 16, 13, "start", "tick", names[i]);
            x += 16 + names[i].length() * 7.2 + (width > 500 ? 26 : 12);
        }
    }

    /** By area more than by height: a day of two changes shows beside one of five hundred. */
    private static double root(long value, long largest) {
        return Math.sqrt((double) value / largest);
    }
}
