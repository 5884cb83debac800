package ledger287.reporting.ingest;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How following one log goes, for health and metrics. */
final class FollowerStatus {
    private final AtomicReference<@Nullable String> broker = new AtomicReference<>("not asked yet");
    private final AtomicReference<@Nullable String> database = new AtomicReference<>();
    private final AtomicReference<@Nullable String> place = new AtomicReference<>();
    private final AtomicReference<@Nullable String> gap = new AtomicReference<>();
    private final AtomicLong lag = new AtomicLong();

    void broker(@Nullable String trouble) {
        broker.set(trouble);
    }

    void database(@Nullable String trouble) {
        database.set(trouble);
    }

    /** Why it is not known how far the log is applied, for measuring the lag. */
    void place(@Nullable String trouble) {
        place.set(trouble);
    }

    void gap(@Nullable String trouble) {
        gap.set(trouble);
    }

    void lag(long events) {
        lag.set(events);
    }

    /** Events of the topic that are not projected yet, as last seen. */
    long lag() {
        return lag.get();
    }

    /** What keeps the query stores from following, in words. */
    Optional<String> trouble() {
        for (AtomicReference<@Nullable String> cause : java.util.List.of(gap, database, place, broker)) {
            String words = cause.get();
            if (words != null) {
                return Optional.of(words);
            }
        }
        return Optional.empty();
    }
}
