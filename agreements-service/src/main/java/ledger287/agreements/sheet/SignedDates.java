package ledger287.agreements.sheet;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.agreements.vocabulary.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Days in the SIGNED column. A mistyped date is repaired when exactly one sensible reading exists, and the repair is
 * flagged; else the day is unknown and the row has a doubt. A reading is sensible when the day lies between the law that
 * made such agreements possible and shortly after the workbook's publication. Kinds of slip are tried from the one that
 * changes least to the one that changes most, and the first kind that leads anywhere decides.
 */
final class SignedDates {
    /** Illegal Immigration Reform and Immigrant Responsibility Act of 1996, § 133. */
    private static final LocalDate EARLIEST = LocalDate.of(1996, 9, 30);

    /** A workbook may announce what is signed within the week. */
    private static final int DAYS_AHEAD = 7;

    private static final Pattern TIME_OF_DAY =
            Pattern.compile("[ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\\d{2}:?\\d{2})?$");
    private static final Pattern MONTH_DAY_YEAR = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})");
    private static final Pattern YEAR_MONTH_DAY = Pattern.compile("(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})");
    private static final Pattern NAMED_MONTH_FIRST =
            Pattern.compile("(?:[a-z]+day,? )?([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})");
    private static final Pattern NAMED_MONTH_SECOND =
            Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]{3,9})\\.?,?[- ](\\d{4}|\\d{2})");
    private static final Pattern DIGITS_AND_SEPARATORS = Pattern.compile("[\\d/.\\- ]+");
    private static final Pattern WITH_A_YEAR = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{3,5})");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}(\\.\\d+)?");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    /** Longest text that could be a date with a slip in it; anything longer is prose. */
    private static final int LONGEST = 40;

    private final DateSystem dates;
    private final LocalDate latest;

    /** @param published the day of publication in New York */
    SignedDates(DateSystem dates, LocalDate published) {
        this.dates = dates;
        this.latest = published.plusDays(DAYS_AHEAD);
    }

    @Nullable
    LocalDate read(String column, RawCell cell, RowNotes notes) {
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return null;
        }
        return switch (cell) {
            case RawCell.ErrorValue error -> null;
            case RawCell.Numeric number -> ofNumber(column, number, notes);
            case RawCell.Text text -> ofText(column, text.text(), notes);
        };
    }

    private @Nullable LocalDate ofNumber(String column, RawCell.Numeric number, RowNotes notes) {
        LocalDate day = dates.day(number.value());
        if (day != null && sensible(day)) {
            return day;
        }
        SortedSet<LocalDate> readings = day != null
                ? yearSlips(day.getMonthValue(), day.getDayOfMonth(), String.valueOf(day.getYear()))
                : separatorSlips(number.text());
        return decide(column, number.text(), readings, notes);
    }

    private @Nullable LocalDate ofText(String column, String typed, RowNotes notes) {
        String plain =
                TIME_OF_DAY.matcher(PlainText.spaced(typed)).replaceFirst("").strip();
        if (plain.length() > LONGEST) {
            return decide(column, typed, new TreeSet<>(), notes);
        }
        LocalDate asTyped = asTyped(plain);
        if (asTyped != null && sensible(asTyped)) {
            notes.repaired(column, typed, asTyped.toString(), "date as text");
            return asTyped;
        }
        String tidy = tidied(plain);
        List<Function<String, SortedSet<LocalDate>>> slips = List.of(
                text -> onlySensible(asTyped(text)),
                this::separatorSlips,
                this::dayBeforeMonth,
                this::doubledDigits,
                this::yearSlips);
        for (Function<String, SortedSet<LocalDate>> slip : slips) {
            SortedSet<LocalDate> readings = slip.apply(tidy);
            if (!readings.isEmpty()) {
                return decide(column, typed, readings, notes);
            }
        }
        return decide(column, typed, new TreeSet<>(), notes);
    }

    private @Nullable LocalDate decide(String column, String typed, SortedSet<LocalDate> readings, RowNotes notes) {
        if (readings.size() == 1) {
            notes.flagged(column, typed, readings.first().toString(), "text date");
            return readings.first();
        }
        notes.doubt(
                readings.isEmpty()
                        ? "%s reads '%s', in which we see no date between %s and %s."
                                .formatted(column, shortened(typed), EARLIEST, latest)
                        : "%s reads '%s', which could be any of %s."
                                .formatted(
                                        column,
                                        shortened(typed),
                                        String.join(
                                                ", ",
                                                readings.stream()
                                                        .map(LocalDate::toString)
                                                        .toList())));
        return null;
    }

    private boolean sensible(LocalDate day) {
        return !day.isBefore(EARLIEST) && !day.isAfter(latest);
    }

    private SortedSet<LocalDate> onlySensible(@Nullable LocalDate day) {
        SortedSet<LocalDate> one = new TreeSet<>();
        if (day != null && sensible(day)) {
            one.add(day);
        }
        return one;
    }

    /** The text as a date without any slip, in the order of the United States; null when it is none. */
    private @Nullable LocalDate asTyped(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        Matcher date = MONTH_DAY_YEAR.matcher(folded);
        if (date.matches()) {
            return day(year(date.group(3)), date.group(1), date.group(2));
        }
        date = YEAR_MONTH_DAY.matcher(folded);
        if (date.matches()) {
            return day(year(date.group(1)), date.group(2), date.group(3));
        }
        date = NAMED_MONTH_FIRST.matcher(folded);
        if (date.matches()) {
            return day(year(date.group(3)), month(date.group(1)), date.group(2));
        }
        date = NAMED_MONTH_SECOND.matcher(folded);
        if (date.matches()) {
            return day(year(date.group(3)), month(date.group(2)), date.group(1));
        }
        // A day's number kept as text.
        return SERIAL.matcher(folded).matches() ? dates.day(Double.parseDouble(folded)) : null;
    }

    /** A footnote mark, a letter for a digit, separators twice. */
    private static String tidied(String text) {
        String bare = text.replaceAll("[*',;:.†\\s]+$", "").replaceAll("^[*'\\s]+", "");
        return bare.matches("[\\dOoIl/.\\- ]+")
                ? bare.replaceAll("[Oo]", "0")
                        .replaceAll("[Il]", "1")
                        .replaceAll("\\s*([/.-])[/.\\- ]*", "$1")
                        .replace(' ', '/')
                : bare;
    }

    /** {@code 05/082025}, {@code 7/72025}, {@code 05082025}: the digits are right, a separator is missing. */
    private SortedSet<LocalDate> separatorSlips(String text) {
        SortedSet<LocalDate> readings = new TreeSet<>();
        if (!DIGITS_AND_SEPARATORS.matcher(text).matches()) {
            return readings;
        }
        StringBuilder digits = new StringBuilder();
        List<Integer> separators = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            } else {
                separators.add(digits.length());
            }
        }
        if (separators.size() > 1) {
            return readings;
        }
        for (int month = 1; month <= 2; month++) {
            for (int day = 1; day <= 2; day++) {
                int yearAt = month + day;
                // Two digits for the year as well would make a day of 5/2025, which is a month.
                if (digits.length() - yearAt == 4
                        && (separators.isEmpty() || separators.contains(month) || separators.contains(yearAt))) {
                    readings.addAll(onlySensible(day(
                            year(digits.substring(yearAt)),
                            digits.substring(0, month),
                            digits.substring(month, yearAt))));
                }
            }
        }
        if (separators.isEmpty() && digits.length() == 8) {
            readings.addAll(
                    onlySensible(day(year(digits.substring(0, 4)), digits.substring(4, 6), digits.substring(6))));
        }
        return readings;
    }

    /** {@code 13/05/2025}: there is no thirteenth month. */
    private SortedSet<LocalDate> dayBeforeMonth(String text) {
        Matcher date = MONTH_DAY_YEAR.matcher(text);
        return date.matches() && Integer.parseInt(date.group(1)) > 12
                ? onlySensible(day(year(date.group(3)), date.group(2), date.group(1)))
                : new TreeSet<>();
    }

    /** {@code 5/31/20026}, {@code 05/008/2025}: a key struck twice. */
    private SortedSet<LocalDate> doubledDigits(String text) {
        SortedSet<LocalDate> readings = new TreeSet<>();
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(i - 1)) {
                readings.addAll(onlySensible(asTyped(text.substring(0, i) + text.substring(i + 1))));
            }
        }
        return readings;
    }

    /** {@code 5/8/5025}: one digit of the year mistaken, missing, too many, or swapped with its neighbour. */
    private SortedSet<LocalDate> yearSlips(String text) {
        Matcher date = WITH_A_YEAR.matcher(text);
        return date.matches()
                ? yearSlips(Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), date.group(3))
                : new TreeSet<>();
    }

    private SortedSet<LocalDate> yearSlips(int month, int day, String year) {
        SortedSet<LocalDate> readings = new TreeSet<>();
        for (int sensibleYear = EARLIEST.getYear(); sensibleYear <= latest.getYear(); sensibleYear++) {
            if (OneEdit.apart(year, String.valueOf(sensibleYear))) {
                readings.addAll(onlySensible(day(sensibleYear, month, day)));
            }
        }
        return readings;
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() == 2 ? 2000 + year : year;
    }

    private static String month(String name) {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(name) || (name.equals("sept") && i == 8)) {
                return String.valueOf(i + 1);
            }
        }
        return "0";
    }

    private static @Nullable LocalDate day(int year, String month, String day) {
        return day(year, Integer.parseInt(month), Integer.parseInt(day));
    }

    private static @Nullable LocalDate day(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            // No such day, such as 05/32: not a reading.
            return null;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
