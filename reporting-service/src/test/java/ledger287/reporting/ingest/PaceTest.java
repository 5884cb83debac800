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
        int waiting = 0;
        for (int millis = 0; millis < 3_000; millis += 5) {
            if (millis % MILLIS_BETWEEN_TWENTY_A_SECOND == 0) {
                pace.arrived(1, now);
                waiting++;
            }
            if (waiting > 0 && pace.untilDue(now) <= 0) {
                turns += millis >= 1_000 ? 1 : 0;
                waiting = 0;
                pace.begun(now);
            }
            pass(5);
        }
        assertThat(turns).isBetween(9, 10);
    }

    @Test
    void whatComesShortlyAfterSharesATurnThatIsDue() {
        pace.arrived(Pace.UNHURRIED + 1, now);
        pace.begun(now);
        pass(250);
        assertThat(arrives()).isEqualTo(Duration.ofMillis(10).toNanos());
        pass(4);
        assertThat(arrives()).isEqualTo(Duration.ofMillis(10).toNanos());
        pass(10);
        assertThat(pace.untilDue(now)).isZero();
    }

    @Test
    void whatNeverStopsComingHasATurnAllTheSame() {
        pace.arrived(Pace.UNHURRIED + 1, now);
        pace.begun(now);
        int waited = 0;
        while (arrives() > 0) {
            pass(5);
            waited += 5;
        }
        assertThat(waited).isEqualTo(400);
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
        pass(10);
        assertThat(pace.untilDue(now)).isNotPositive();
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
