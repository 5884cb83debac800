package ledger287.reporting.statistics;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** In what stretches of time a series goes. */
enum Interval {
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String code;

    Interval(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    /** The first day of the stretch that a day falls into; weeks begin on Monday (ISO 8601). */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the next stretch. */
    LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }
}
