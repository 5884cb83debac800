package ledger287.agreements.editing;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import ledger287.agreements.request.Given;
import ledger287.agreements.roster.Precision;
import org.jspecify.annotations.Nullable;

/**
 * A date as far as a document tells it.
 *
 * @param firstDay the day, or the first one of the month or year; null when nothing is known
 */
record PartialDate(@Nullable LocalDate firstDay, Precision precision) {

    /** Reads {@code 2012-09-18}, {@code 2012-09}, {@code 2012}, or nothing for unknown. */
    static PartialDate of(String name, @Nullable String value) {
        if (value == null) {
            return new PartialDate(null, Precision.UNKNOWN);
        }
        try {
            return switch (value.length()) {
                case 4 -> new PartialDate(Year.parse(value).atDay(1), Precision.YEAR);
                case 7 -> new PartialDate(YearMonth.parse(value).atDay(1), Precision.MONTH);
                default -> new PartialDate(LocalDate.parse(value), Precision.DAY);
            };
        } catch (DateTimeException e) {
            throw Given.invalid(
                    name, "'" + name + "' is a date as far as it is known: 2012-09-18, 2012-09 or 2012.", null);
        }
    }

    /** A bound of an unknown date, which is a day. */
    static @Nullable LocalDate day(String name, @Nullable String value) {
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw Given.invalid(name, "'" + name + "' is a day: 2012-09-18.", null);
        }
    }
}
