package ledger287.agreements.reconciliation;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How a signed date moved from one sheet to the next, and whether a typist would move it so. */
record DateShift(Kind kind, long days) {
    /** From least to most surprising. */
    enum Kind {
        NONE,
        /** One of the two cannot be read. */
        UNREADABLE,
        /** A month at most: ICE's own corrections are mostly of a few days. */
        NEAR,
        /** The same day of another year, or one digit typed otherwise, or day and month swapped. */
        TYPED,
        FAR
    }

    static DateShift between(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null || to == null) {
            return new DateShift(from == null && to == null ? Kind.NONE : Kind.UNREADABLE, 0);
        }
        long days = Math.abs(ChronoUnit.DAYS.between(from, to));
        if (days == 0) {
            return new DateShift(Kind.NONE, 0);
        }
        if (days <= 31) {
            return new DateShift(Kind.NEAR, days);
        }
        return new DateShift(typed(from, to) ? Kind.TYPED : Kind.FAR, days);
    }

    private static boolean typed(LocalDate from, LocalDate to) {
        boolean otherYear = Math.abs(ChronoUnit.DAYS.between(from.withYear(to.getYear()), to)) <= 3;
        boolean swapped = from.getYear() == to.getYear()
                && from.getMonthValue() == to.getDayOfMonth()
                && from.getDayOfMonth() == to.getMonthValue();
        return otherYear || swapped || Words.edits(from.toString(), to.toString()) <= 1;
    }

    boolean atMost(Kind limit) {
        return kind.compareTo(limit) <= 0;
    }
}
