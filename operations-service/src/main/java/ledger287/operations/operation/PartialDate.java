package ledger287.operations.operation;

import static ledger287.operations.operation.Precision.DAY;
import static ledger287.operations.operation.Precision.UNKNOWN;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A date as far as a source tells it: a day, a month, a year, or only words such as "recent weeks before June 6".
 *
 * @param on the day, or the first day of the month or year; null exactly when the precision is unknown
 * @param notBefore the earliest day it can be, where a source bounds it without naming it
 * @param notAfter the latest day it can be, likewise
 * @param text the source's words for it
 */
public record PartialDate(
        @Nullable LocalDate on,
        Precision precision,
        @Nullable LocalDate notBefore,
        @Nullable LocalDate notAfter,
        @Nullable String text) {

    public static final PartialDate NOT_KNOWN = new PartialDate(null, UNKNOWN, null, null, null);

    public PartialDate {
        if ((on == null) != (precision == UNKNOWN)) {
            throw new IllegalArgumentException("A date has a precision, and no date has precision unknown.");
        }
        if (on != null && !on.equals(firstOf(on, precision))) {
            throw new IllegalArgumentException("With precision " + precision.code()
                    + " the date is the first day of the " + precision.code() + ": " + firstOf(on, precision) + ".");
        }
        if (notBefore != null && notAfter != null && notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("not_after is before not_before.");
        }
    }

    public static PartialDate day(LocalDate on) {
        return new PartialDate(on, DAY, null, null, null);
    }

    public static PartialDate month(int year, int month) {
        return new PartialDate(LocalDate.of(year, month, 1), Precision.MONTH, null, null, null);
    }

    /** The first day it can be; null when nothing bounds it. */
    public @Nullable LocalDate earliest() {
        return on == null ? notBefore : on;
    }

    /** The last day it can be; null when nothing bounds it. */
    public @Nullable LocalDate latest() {
        if (on == null) {
            return notAfter;
        }
        return switch (precision) {
            case DAY, UNKNOWN -> on;
            case MONTH -> on.plusMonths(1).minusDays(1);
            case YEAR -> on.plusYears(1).minusDays(1);
        };
    }

    private static LocalDate firstOf(LocalDate day, Precision precision) {
        return switch (precision) {
            case DAY, UNKNOWN -> day;
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }
}
