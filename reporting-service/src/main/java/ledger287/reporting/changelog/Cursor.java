package ledger287.reporting.changelog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the change log, as readers write it: {@code <epoch>-<sequence>}. Everything up to and including the
 * sequence is before it.
 *
 * @param epoch names the building of the change log that the sequence belongs to
 */
public record Cursor(String epoch, long sequence) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,32})-(0|[1-9][0-9]{0,17})");

    /** Empty when the text is not a cursor. */
    public static Optional<Cursor> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Cursor(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return epoch + "-" + sequence;
    }
}
