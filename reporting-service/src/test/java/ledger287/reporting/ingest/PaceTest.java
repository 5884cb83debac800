package ledger287.reporting.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long now = 5_000_000_000_000L;
    private final Pace pace = new Pace(now);

    @Test
    void whatComesSlowlyIsNeverWaitedFor() {
        for (int i = 0; i < 40; i++) {
            assertThat(take(1)).isEqualTo(Duration.ZERO);
            pass(Duration.ofMillis(100));
        }
    }

    @Test
    void whatComesFastIsReadFourTimesASecond() {
        for (int i = 0; i < Pace.FAST; i++) {
            assertThat(take(1)).isEqualTo(Duration.ZERO);
            pass(Duration.ofMillis(50));
        }
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pauses.add(take(4));
            pass(Duration.ofMillis(50));
        }
        assertThat(pauses).containsOnly(Duration.ofMillis(200));
    }

    @Test
    void afterAPauseTheNextIsReadAtOnce() {
        for (int i = 0; i < Pace.FAST; i++) {
            take(1);
            pass(Duration.ofMillis(50));
        }
        assertThat(pace.pause(now)).isPositive();
        pass(SECOND);
        assertThat(take(1)).isEqualTo(Duration.ZERO);
        pass(Duration.ofMillis(50));
        assertThat(take(1)).isEqualTo(Duration.ZERO);
    }

    @Test
    void afterMuchAtOnceNothingIsWaitedFor() {
        for (int i = 0; i < 40; i++) {
            assertThat(take(Pace.ENOUGH)).isEqualTo(Duration.ZERO);
            pass(Duration.ofMillis(10));
        }
        take(Pace.ENOUGH - 1);
        assertThat(pace.pause(now)).isEqualTo(Pace.APART);
    }

    @Test
    void manyRecordsOfOneBatchAreFast() {
        take(Pace.FAST);
        pass(Duration.ofMillis(50));
        assertThat(take(1)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void theClockMayBeginAnywhere() {
        long end = Long.MAX_VALUE - 10;
        Pace there = new Pace(end);
        for (int i = 0; i < Pace.FAST; i++) {
            assertThat(there.pause(end + i)).isEqualTo(Duration.ZERO);
            there.goesOn(1, end + i);
        }
        assertThat(there.pause(end + Pace.FAST)).isEqualTo(Pace.APART.minusNanos(1));
    }

    /** How long a batch of so many records is waited for. */
    private Duration take(int records) {
        Duration pause = pace.pause(now);
        pass(pause);
        pace.goesOn(records, now);
        return pause;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
