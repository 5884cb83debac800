package ledger287.local.importing;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a file's name says that ICE published it: for putting files in order. What the ledger makes of the name is
 * decided by agreements-service.
 *
 * @param half 0 for am, 1 for mid, 2 for pm
 * @param edition 1 for a name that goes on with {@code _b}, else 0
 */
record PublicationStamp(LocalDate date, int half, int edition) implements Comparable<PublicationStamp> {

    private static final Pattern NAME =
            Pattern.compile("(\\d{2})(\\d{2})(\\d{4}|\\d{2}) ?(am|mid|pm)?(_b)?", Pattern.CASE_INSENSITIVE);

    private static final Comparator<PublicationStamp> ORDER = Comparator.comparing(PublicationStamp::date)
            .thenComparing(PublicationStamp::half)
            .thenComparing(PublicationStamp::edition);

    static Optional<PublicationStamp> ofFileName(String fileName) {
        Matcher name = NAME.matcher(fileName);
        while (name.find()) {
            try {
                int year = Integer.parseInt(name.group(3)) % 1000 % 100 + 2000;
                LocalDate date = LocalDate.of(year, Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
                return Optional.of(new PublicationStamp(date, half(name.group(4)), name.group(5) == null ? 0 : 1));
            } catch (DateTimeException notADate) {
                // Some other number in the name; perhaps the date comes after it.
            }
        }
        return Optional.empty();
    }

    private static int half(@org.jspecify.annotations.Nullable String half) {
        return switch (half == null ? "am" : half.toLowerCase(Locale.ROOT)) {
            case "pm" -> 2;
            case "mid" -> 1;
            default -> 0;
        };
    }

    @Override
    public int compareTo(PublicationStamp other) {
        return ORDER.compare(this, other);
    }
}
