package ledger287.operations.operation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** The time zone in which the ledger reads dates, and the hour that a source without one is given. */
public final class NewYork {
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    private NewYork() {}

    static Instant noonOf(LocalDate day) {
        return day.atTime(LocalTime.NOON).atZone(ZONE).toInstant();
    }

    public static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZONE).toLocalDate();
    }
}
