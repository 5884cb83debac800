package ledger287.agreements.sheet;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How a workbook counts days. */
enum DateSystem {
    /** Day 1 is 1900-01-01, and the day 60 is 1900-02-29, which never was: Lotus 1-2-3 counted it, Excel kept it. */
    FROM_1900,
    /** Day 0 is 1904-01-01; the Macintosh's. */
    FROM_1904;

    private static final int LAST = 2_958_465;
    private static final int NEVER_WAS = 60;

    /** Days from the two beginnings to 1970-01-01. */
    private static final int FROM_1900_TO_EPOCH = 25_569;

    private static final int FROM_1904_TO_EPOCH = 24_107;

    /** The day of a serial number, its time of day cut off; null when there is no such day. */
    @Nullable
    LocalDate day(double serial) {
        if (!(serial >= 0 && serial < LAST + 1)) {
            return null;
        }
        long whole = (long) serial;
        return switch (this) {
            case FROM_1904 -> LocalDate.ofEpochDay(whole - FROM_1904_TO_EPOCH);
            case FROM_1900 -> {
                if (whole == 0 || whole == NEVER_WAS) {
                    yield null;
                }
                yield LocalDate.ofEpochDay(whole - FROM_1900_TO_EPOCH + (whole < NEVER_WAS ? 1 : 0));
            }
        };
    }
}
