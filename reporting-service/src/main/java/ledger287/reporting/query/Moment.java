package ledger287.reporting.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import org.jspecify.annotations.Nullable;

/**
 * The three dates of a question (never mixed): what was in force {@code on} a day, as known by an instant, as recorded at
 * a cursor.
 *
 * @param head the query stores as the answer sees them
 * @param pinned whether the reader named the cursor, so that the answer stands for ever
 * @param asOf how {@code knownBy} was asked for, or would be: a day or an instant; null while nothing is known
 * @param knownBy the last instant whose knowledge counts
 * @param on the day asked for; null: what was listed
 */
public record Moment(
        Head head,
        boolean pinned,
        @Nullable String asOf,
        Instant knownBy,
        @Nullable LocalDate on) {

    /** Where ICE's publications and our readers' days begin and end. */
    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    public Cursor cursor() {
        return head.cursor();
    }

    /** The last microsecond of a day in New York. */
    public static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(NEW_YORK).toInstant().minusNanos(1000);
    }

    /** Whether everything known counts: then the open rectangles are the answer. */
    boolean everythingKnown() {
        Instant newest = head.newestKnownAt();
        return newest == null || !knownBy.isBefore(newest);
    }
}
