package ledger287.agreements.sheet;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.agreements.sheet.SheetRejected.Reason;
import org.jspecify.annotations.Nullable;

/** From names and parameters to publications. */
final class PublicationNames {
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    /** Month, day, year (of two digits as well), as ICE writes them; part of the day; which issue of it. */
    private static final String STAMP =
            "(\\d{4}-\\d{2}-\\d{2}|\\d{6,8})[\\s_-]*(am|mid|pm)?(?:[\\s_-]*([b-f])(?![a-z0-9]))?(?!\\d)";

    private static final Pattern AFTER_THE_WORD = Pattern.compile("agencies[\\s_-]*" + STAMP);
    private static final Pattern ANYWHERE = Pattern.compile("(?<!\\d)" + STAMP);
    private static final Pattern EXPLICIT =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[\\s_tT-]*(am|mid|pm))?(?:[\\s_-]*([b-f]))?");
    private static final DateTimeFormatter BY_THE_CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final String HOW =
            "Say published_at= with a day (2025-06-06), a day with am, mid or pm (2025-06-06 am),"
                    + " or an instant (2025-06-06T13:00:00Z).";

    private PublicationNames() {}

    static Publication explicit(String publishedAt) {
        String text = publishedAt.strip();
        Matcher stamp = EXPLICIT.matcher(text.toLowerCase(Locale.ROOT));
        if (stamp.matches()) {
            List<LocalDate> days = days(stamp.group(1));
            if (!days.isEmpty()) {
                return at(days.getFirst(), stamp.group(2), stamp.group(3));
            }
        }
        try {
            Instant instant = OffsetDateTime.parse(text.replace(' ', 'T').toUpperCase(Locale.ROOT))
                    .toInstant();
            ZonedDateTime there = instant.atZone(NEW_YORK);
            if (there.getYear() >= FIRST_YEAR && there.getYear() <= LAST_YEAR) {
                return new Publication(instant, BY_THE_CLOCK.format(there));
            }
        } catch (DateTimeParseException e) {
            throw new SheetRejected(
                    Reason.PUBLICATION_UNKNOWN, "published_at cannot be read as a day or an instant. " + HOW, e);
        }
        throw new SheetRejected(Reason.PUBLICATION_UNKNOWN, "published_at names a year that cannot be right. " + HOW);
    }

    static Publication ofFile(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT).replace("%20", " ");
        for (Pattern pattern : List.of(AFTER_THE_WORD, ANYWHERE)) {
            Matcher stamp = pattern.matcher(name);
            if (stamp.find()) {
                List<LocalDate> days = days(stamp.group(1));
                if (days.size() == 1) {
                    return at(days.getFirst(), stamp.group(2), stamp.group(3));
                }
                throw new SheetRejected(
                        Reason.PUBLICATION_UNKNOWN,
                        "The file's name gives the date '%s', which cannot be right. ".formatted(stamp.group(1)) + HOW);
            }
        }
        throw new SheetRejected(
                Reason.PUBLICATION_UNKNOWN, "The file's name does not say when it was published. " + HOW);
    }

    /** Every day of a year that can be right which the digits may mean. */
    private static List<LocalDate> days(String digits) {
        List<LocalDate> days = new ArrayList<>();
        switch (digits.length()) {
            case 6 -> add(days, "20" + digits.substring(4), digits.substring(0, 2), digits.substring(2, 4));
            case 7 -> {
                add(days, digits.substring(3), digits.substring(0, 1), digits.substring(1, 3));
                add(days, digits.substring(3), digits.substring(0, 2), digits.substring(2, 3));
            }
            case 8 -> {
                add(days, digits.substring(4), digits.substring(0, 2), digits.substring(2, 4));
                if (days.isEmpty()) {
                    add(days, digits.substring(0, 4), digits.substring(4, 6), digits.substring(6));
                }
            }
            default -> add(days, digits.substring(0, 4), digits.substring(5, 7), digits.substring(8));
        }
        return days;
    }

    private static void add(List<LocalDate> days, String year, String month, String day) {
        int typedYear = Integer.parseInt(year);
        if (typedYear < FIRST_YEAR || typedYear > LAST_YEAR) {
            return;
        }
        try {
            days.add(LocalDate.of(typedYear, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            // No such day: not what the digits mean.
            return;
        }
    }

    private static Publication at(LocalDate day, @Nullable String part, @Nullable String issue) {
        LocalTime time = LocalTime.of(
                switch (part) {
                    case "mid" -> 12;
                    case "pm" -> 17;
                    case null, default -> 9;
                },
                issue == null ? 0 : issue.charAt(0) - 'a');
        String label = day + (part == null ? "" : " " + part) + (issue == null ? "" : " " + issue);
        return new Publication(day.atTime(time).atZone(NEW_YORK).toInstant(), label);
    }
}
