package ledger287.reporting.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.problem.Problem;

/**
 * Where a list goes on. It pins the position, so that pages do not drift while imports run; an offset into what never
 * changes is exact.
 *
 * @param question what the pages are of, as a digest; a cursor of one list is refused by another
 * @param reference the reference files that the pages are made with, as {@code reference=} names them; empty when none are
 */
record PageCursor(Cursor position, int offset, String question, String reference) {
    private static final Pattern FORM =
            Pattern.compile("([^|]{1,60})\\|([1-9][0-9]{0,8})\\|([0-9a-f]{16})(?:\\|([0-9a-f,]{12,1000}))?");

    static PageCursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            Matcher matcher = FORM.matcher(plain);
            if (matcher.matches()) {
                Cursor position = Cursor.parse(matcher.group(1)).orElseThrow(PageCursor::notOurs);
                return new PageCursor(
                        position,
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3),
                        Objects.requireNonNullElse(matcher.group(4), ""));
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
        String text = position + "|" + offset + "|" + question + (reference.isEmpty() ? "" : "|" + reference);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
