package ledger287.reporting.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BoundsTest {
    @Test
    void exactly196AndMoreThan1300MakeAtLeast1497() {
        Bounds sum = new Bounds(196L, 196L).plus(new Bounds(1301L, null));

        assertThat(sum).isEqualTo(new Bounds(1497L, null));
        assertThat(sum.qualifier()).isEqualTo("at_least");
        assertThat(sum.text()).isEqualTo("at least 1,497");
    }

    @Test
    void anUnknownPartTakesTheCeilingAwayAndKeepsTheFloor() {
        assertThat(new Bounds(196L, 196L).plus(Bounds.UNKNOWN).text()).isEqualTo("at least 196");
        assertThat(Bounds.UNKNOWN.plus(Bounds.UNKNOWN)).isEqualTo(Bounds.UNKNOWN);
    }

    @Test
    void onlyWhatIsExactIsShownAsANumberAlone() {
        assertThat(new Bounds(1120L, 1120L).text()).isEqualTo("1,120");
        assertThat(new Bounds(0L, 210L).text()).isEqualTo("up to 210");
        assertThat(new Bounds(196L, 210L).text()).isEqualTo("between 196 and 210");
        assertThat(Bounds.UNKNOWN.text()).isEqualTo("not known");
    }

    @Test
    void anEmptyRangeFromZeroIsExactlyZero() {
        assertThat(new Bounds(0L, 0L).qualifier()).isEqualTo("exactly");
    }
}
