package ledger287.reporting.drawing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Where the marks of axes stand. */
final class Axis {
    private static final int[] MONTHS = {1, 2, 3, 6, 12, 24, 60, 120};

    private Axis() {}

    /** Round figures from zero up to the first that is not below the largest. */
    static List<Long> figures(long largest, int wanted) {
        long step = 1;
        long[] factors = {1, 2, 5};
        outer:
        for (long power = 1; ; power *= 10) {
            for (long factor : factors) {
                step = factor * power;
                if ((double) largest / step <= wanted) {
                    break outer;
                }
            }
        }
        List<Long> marks = new ArrayList<>();
        for (long mark = 0; ; mark += step) {
            marks.add(mark);
            if (mark >= largest) {
                return marks;
            }
        }
    }

    /** Whether marks by days serve better than by months. */
    static boolean byDays(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) < 100;
    }

    /** First days of months, or days at equal distances when the span is short. */
    static List<LocalDate> days(LocalDate from, LocalDate to, int most) {
        List<LocalDate> marks = new ArrayList<>();
        if (byDays(from, to)) {
            long span = Math.max(1, ChronoUnit.DAYS.between(from, to));
            long step = Math.max(1, (span + most - 1) / most);
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(step)) {
                marks.add(day);
            }
            return marks;
        }
        long months = ChronoUnit.MONTHS.between(from, to) + 1;
        int step = MONTHS[MONTHS.length - 1];
        for (int candidate : MONTHS) {
            if (months / candidate <= most) {
                step = candidate;
                break;
            }
        }
        LocalDate day = from.withDayOfMonth(1);
        while (day.isBefore(from) || (day.getMonthValue() - 1) % Math.min(step, 12) != 0) {
            day = day.plusMonths(1);
        }
        for (; !day.isAfter(to); day = day.plusMonths(step)) {
            marks.add(day);
        }
        return marks;
    }
}
