package ledger287.service.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that only grows at its end.
 *
 * @param count of the whole list
 * @param nextCursor for the next page; null on the last
 * @param feedPosition the ledger's position that the answer reflects
 */
public record Page<T>(List<T> items, int count, @Nullable String nextCursor, String feedPosition) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int GREATEST_LIMIT = 1_000;

    public Page {
        items = List.copyOf(items);
    }

    /** How many items are asked for: 1 to 1,000, and 100 when nothing is said. */
    public static int limit(@Nullable String given) {
        if (given == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= GREATEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw invalid("limit", "'limit' is a number from 1 to " + GREATEST_LIMIT + ".");
        }
        throw invalid("limit", "'limit' is a number from 1 to " + GREATEST_LIMIT + ".");
    }

    /** After which item of the list a cursor stands; 0 for the start. */
    public static long after(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            long after = Long.parseLong(text.substring(1));
            if (text.startsWith("a") && after >= 0) {
                return after;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw invalid("cursor", "Not a cursor of this list. Take it from 'next_cursor', unchanged.");
        }
        throw invalid("cursor", "Not a cursor of this list. Take it from 'next_cursor', unchanged.");
    }

    /** Opaque to callers. */
    public static String cursorAfter(long item) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("a" + item).getBytes(StandardCharsets.US_ASCII));
    }

    private static RuntimeException invalid(String parameter, String detail) {
        return Problem.of(ProblemType.INVALID_PARAMETER, detail)
                .about(parameter, null)
                .asException();
    }
}
