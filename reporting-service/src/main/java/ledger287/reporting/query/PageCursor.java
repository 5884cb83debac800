package ledger287.reporting.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.problem.Problem;

/**
 * Where a list goes on. It pins the position, so that pages do not drift while imports run; an offset into what never
 * changes is exact.
 *
 * @param question what the pages are of, as a digest; a cursor of one list is refused by another
 */
record PageCursor(Cursor position, int offset, String question) {
    private static final Pattern FORM = Pattern.compile("([^|]{1,60})\\|([1-9][0-9]{0,8})\\|([0-9a-f]{16})");

    static PageCursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            Matcher matcher = FORM.matcher(plain);
            if (matcher.matches()) {
                Cursor position = Cursor.parse(matcher.group(1)).orElseThrow(PageCursor::notOurs);
                return new PageCursor(position, Integer.parseInt(matcher.group(2)), matcher.group(3));
            }
            throw notOurs();
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    static Problem notOurs() {
        return Problem.parameter(
                "cursor", "'cursor' takes the next_cursor of an earlier answer to the same question, unchanged.");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position + "|" + offset + "|" + question).getBytes(StandardCharsets.US_ASCII));
    }
}
