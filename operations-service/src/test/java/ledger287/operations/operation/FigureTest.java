package ledger287.operations.operation;

import static ledger287.operations.operation.Certainty.NO;
import static ledger287.operations.operation.Certainty.NOT_DETERMINABLE;
import static ledger287.operations.operation.Certainty.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final List<Long> EDGES = List.of(1L, 2L, 20L, 196L, Figure.LARGEST - 1);

    @Test
    void exactly196AndMoreThan1300AreAtLeast1497() {
        Figure total = Figure.exactly(196).plus(Figure.moreThan(1300));
        assertThat(total.text()).isEqualTo("at least 1,497");
        assertThat(total.low()).isEqualTo(1497);
        assertThat(total.high()).isNull();
        assertThat(total.qualifier()).isEqualTo(Qualifier.AT_LEAST);
    }

    @Test
    void everyQualifierHasTheBoundsAndWordsOfTheMethodology() {
        assertBounds(Figure.exactly(196), "196", 196L, 196L);
        assertBounds(Figure.atLeast(1497), "at least 1,497", 1497L, null);
        assertBounds(Figure.moreThan(1300), "more than 1,300", 1301L, null);
        assertBounds(Figure.upTo(20), "up to 20", 0L, 20L);
        assertBounds(Figure.fewerThan(20), "fewer than 20", 0L, 19L);
        assertBounds(Figure.majorityOf(196), "a majority of 196", 99L, 196L);
        assertBounds(Figure.majorityOf(195), "a majority of 195", 98L, 195L);
        assertBounds(Figure.between(196, 210), "between 196 and 210", 196L, 210L);
        assertBounds(Figure.about(20), "about 20", null, null);
        assertBounds(Figure.nearly(800), "nearly 800", null, null);
        assertBounds(Figure.UNKNOWN, "not known", null, null);
    }

    @Test
    void whatIsOnlyNearTheTruthStaysSoInSumsAndCountsTowardsNothingCertain() {
        assertBounds(Figure.about(20).plus(Figure.about(30)), "about 50", null, null);
        assertBounds(Figure.exactly(196).plus(Figure.nearly(800)), "about 996", 196L, null);
        assertBounds(Figure.moreThan(1300).plus(Figure.about(20)), "about 1,321 or more", 1301L, null);
        assertBounds(Figure.upTo(10).plus(Figure.about(20)), "between about 20 and about 30", null, null);
    }

    @Test
    void anUnknownPartLeavesTheRestAsLowerBound() {
        assertBounds(Figure.exactly(196).plus(Figure.UNKNOWN), "at least 196", 196L, null);
        assertBounds(Figure.UNKNOWN.plus(Figure.UNKNOWN), "not known", null, null);
    }

    @Test
    void comparisonSaysWhenBoundsDoNotDecide() {
        assertThat(Figure.moreThan(1300).exceeds(Figure.exactly(196))).isEqualTo(YES);
        assertThat(Figure.exactly(95).exceeds(Figure.exactly(96))).isEqualTo(NO);
        assertThat(Figure.exactly(95).exceeds(Figure.exactly(95))).isEqualTo(NO);
        assertThat(Figure.majorityOf(196).exceeds(Figure.exactly(120))).isEqualTo(NOT_DETERMINABLE);
        assertThat(Figure.about(20).exceeds(Figure.exactly(1))).isEqualTo(NOT_DETERMINABLE);
        assertThat(Figure.UNKNOWN.exceeds(Figure.NONE)).isEqualTo(NOT_DETERMINABLE);
        assertThat(Figure.exactly(95).isSameAs(Figure.exactly(95))).isEqualTo(YES);
        assertThat(Figure.exactly(95).isSameAs(Figure.exactly(96))).isEqualTo(NO);
        assertThat(Figure.exactly(95).isSameAs(Figure.atLeast(95))).isEqualTo(NOT_DETERMINABLE);
    }

    @Test
    void figuresThatNoCountCanHaveAreRefused() {
        assertRefused(() -> Figure.exactly(-1));
        assertRefused(() -> Figure.exactly(Figure.LARGEST + 1));
        assertRefused(() -> Figure.fewerThan(0));
        assertRefused(() -> Figure.majorityOf(0));
        assertRefused(() -> Figure.about(0));
        assertRefused(() -> Figure.between(10, 10));
        assertRefused(() -> Figure.between(11, 10));
        assertRefused(() -> Figure.parse("99999999999999999999"));
    }

    @Test
    void sumsNeverOverflow() {
        Figure sum = Figure.NONE;
        for (int i = 0; i < 70; i++) {
            sum = sum.plus(sum).plus(Figure.exactly(Figure.LARGEST));
        }
        assertThat(sum.qualifier()).isEqualTo(Qualifier.AT_LEAST);
        assertThat(sum.low()).isEqualTo(1_000_000_000_000_000_000L);
    }

    @Test
    void additionIsCommutative() {
        Seeds.each(random -> {
            Figure a = figure(random);
            Figure b = figure(random);
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
        });
    }

    @Test
    void additionIsAssociative() {
        Seeds.each(random -> {
            Figure a = figure(random);
            Figure b = figure(random);
            Figure c = figure(random);
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        });
    }

    @Test
    void noneAddsNothingToTheBounds() {
        Seeds.each(random -> {
            Figure a = figure(random);
            Figure sum = a.plus(Figure.NONE);
            assertThat(sum.low()).isEqualTo(a.low());
            assertThat(sum.high()).isEqualTo(a.high());
            assertThat(sum.approximate()).isEqualTo(a.approximate());
        });
    }

    @Test
    void everyPossibleSumOfTheCountsLiesWithinTheBoundsOfTheSum() {
        Seeds.each(random -> {
            Counted a = counted(random);
            Counted b = counted(random);
            Figure sum = a.figure.plus(b.figure);
            long truth = a.count + b.count;
            assertThat(sum.low() == null || sum.low() <= truth).isTrue();
            assertThat(sum.high() == null || sum.high() >= truth).isTrue();
        });
    }

    @Test
    void comparisonAgreesWithEveryPossiblePairOfCounts() {
        Seeds.each(random -> {
            Counted a = counted(random);
            Counted b = counted(random);
            switch (a.figure.exceeds(b.figure)) {
                case YES -> assertThat(a.count).isGreaterThan(b.count);
                case NO -> assertThat(a.count).isLessThanOrEqualTo(b.count);
                case NOT_DETERMINABLE -> assertThat(b.figure.exceeds(a.figure)).isNotEqualTo(YES);
            }
        });
    }

    @Test
    void addingNeverLowersWhatIsCertain() {
        Seeds.each(random -> {
            Figure a = figure(random);
            Figure b = figure(random);
            assertThat(a.plus(b).certain()).isGreaterThanOrEqualTo(a.certain());
            if (isExact(a) && b.certain() > 0) {
                assertThat(a.plus(b).exceeds(a)).isEqualTo(YES);
            }
        });
    }

    @Test
    void wordsReadBackAreTheFigure() {
        Seeds.each(random -> {
            Figure figure = figure(random);
            assertThat(Figure.parse(figure.text())).contains(figure);
        });
    }

    @Test
    void aBareNumberIsAlwaysExact() {
        Seeds.each(random -> {
            Figure a = figure(random);
            Figure b = figure(random);
            for (Figure figure : List.of(a, b, a.plus(b))) {
                boolean bare = figure.text().chars().allMatch(c -> Character.isDigit(c) || c == ',');
                assertThat(bare).isEqualTo(isExact(figure) && figure.qualifier() == Qualifier.EXACTLY);
            }
        });
    }

    private static Figure figure(Random random) {
        long n = number(random);
        return switch (random.nextInt(11)) {
            case 0 -> Figure.exactly(n);
            case 1 -> Figure.NONE;
            case 2 -> Figure.atLeast(n);
            case 3 -> Figure.moreThan(n);
            case 4 -> Figure.upTo(n);
            case 5 -> Figure.fewerThan(n);
            case 6 -> Figure.majorityOf(n);
            case 7 -> Figure.about(n);
            case 8 -> Figure.nearly(n);
            case 9 -> Figure.between(n, n + 1);
            default -> Figure.UNKNOWN;
        };
    }

    /** Often one of the edges, or small, else anything up to the largest. */
    private static long number(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> EDGES.get(random.nextInt(EDGES.size()));
            case 1 -> random.nextLong(1, 2_000);
            default -> random.nextLong(1, Figure.LARGEST);
        };
    }

    /** A figure and a count of which it is true. */
    private static Counted counted(Random random) {
        Figure figure = figure(random);
        long beyond = random.nextLong(1_000_001);
        Long low = figure.low();
        Long high = figure.high();
        long from = low == null ? 0 : low;
        return new Counted(figure, high == null ? from + beyond : Math.min(from + beyond, high));
    }

    record Counted(Figure figure, long count) {}

    private static boolean isExact(Figure figure) {
        return figure.low() != null && figure.low().equals(figure.high());
    }

    private static void assertBounds(Figure figure, String words, @Nullable Long low, @Nullable Long high) {
        assertThat(figure.text()).isEqualTo(words);
        assertThat(figure.low()).isEqualTo(low);
        assertThat(figure.high()).isEqualTo(high);
    }

    private static void assertRefused(ThrowingCallable figure) {
        assertThatThrownBy(figure).isInstanceOf(IllegalArgumentException.class);
    }
}
