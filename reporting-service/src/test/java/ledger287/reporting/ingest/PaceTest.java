package ledger287.reporting.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final int MILLIS_BETWEEN_TEN_A_SECOND = 100;
    private static final int MILLIS_BETWEEN_TWENTY_A_SECOND = 50;

    private long now = Long.MAX_VALUE - Duration.ofMillis(2_500).toNanos();
    private final Pace pace = new Pace(Pace.UNHURRIED, Pace.APART, now);

    @Test
    void tenASecondHaveATurnEach() {
        for (int i = 0; i < 50; i++) {
            assertThat(arrives()).isZero();
            pace.begun(now);
            pass(MILLIS_BETWEEN_TEN_A_SECOND);
        }
    }

    @Test
    void theFirstDozenOfAFastRunAreNotKeptWaiting() {
        for (int i = 0; i < Pace.UNHURRIED; i++) {
            assertThat(arrives()).isZero();
            pace.begun(now);
            pass(MILLIS_BETWEEN_TWENTY_A_SECOND);
        }
        assertThat(arrives()).isEqualTo(Duration.ofMillis(150).toNanos());
    }

    @Test
    void twentyASecondHaveFiveTurnsASecond() {
        int turns = 0;
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                turns = 0;
            }
            if (arrives() <= 0) {
                turns++;
                pace.begun(now);
            }
            pass(MILLIS_BETWEEN_TWENTY_A_SECOND);
        }
        assertThat(turns).isEqualTo(10);
    }

    @Test
    void afterASecondWithoutChangesThereIsNoWaiting() {
        for (int i = 0; i < 40; i++) {
            arrives();
            pace.begun(now);
            pass(MILLIS_BETWEEN_TWENTY_A_SECOND);
        }
        pass(1_000);
        assertThat(arrives()).isZero();
    }

    @Test
    void manyAtOnceHaveATurnAndWhatFollowsWaits() {
        pace.arrived(500, now);
        assertThat(pace.untilDue(now)).isZero();
        pace.begun(now);
        pass(20);
        assertThat(arrives()).isEqualTo(Duration.ofMillis(180).toNanos());
        pass(1_000);
        assertThat(arrives()).isZero();
    }

    /** @return how long its turn has to wait, in nanoseconds */
    private long arrives() {
        pace.arrived(1, now);
        return pace.untilDue(now);
    }

    private void pass(int milliseconds) {
        now += Duration.ofMillis(milliseconds).toNanos();
    }
}
