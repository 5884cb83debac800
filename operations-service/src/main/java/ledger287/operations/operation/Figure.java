package ledger287.operations.operation;

import static ledger287.operations.operation.Qualifier.ABOUT;
import static ledger287.operations.operation.Qualifier.AT_LEAST;
import static ledger287.operations.operation.Qualifier.BETWEEN;
import static ledger287.operations.operation.Qualifier.EXACTLY;
import static ledger287.operations.operation.Qualifier.FEWER_THAN;
import static ledger287.operations.operation.Qualifier.MAJORITY_OF;
import static ledger287.operations.operation.Qualifier.MORE_THAN;
import static ledger287.operations.operation.Qualifier.NEARLY;
import static ledger287.operations.operation.Qualifier.UP_TO;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A count of people or agencies as far as it is known: bounds, and the word that the source used. Arithmetic is exact on
 * the bounds, so a total never claims more than its parts.
 *
 * <p>"About 20" has no bounds that anyone stated. It is carried as its number and marked approximate; what is
 * added to it makes the sum approximate too, and only what is certain counts towards the sum's {@link #low}.
 *
 * @param from lower end as stated
 * @param to upper end as stated; null when open
 * @param approximate whether the ends are only near the truth
 * @param certain what the count is certainly not below; {@code from} unless approximate. Counts are never negative
 */
public record Figure(
        Qualifier qualifier, long from, @Nullable Long to, boolean approximate, long certain) {

    /** The largest number that may be stated: far above any count of people, far below any overflow. */
    public static final long LARGEST = 1_000_000_000_000L;

    /** Sums stop growing here; a sum that reached it is at least that and has no upper end. */
    private static final long CEILING = 1_000_000_000_000_000_000L;

    public static final Figure NONE = exactly(0);

    /** Nobody said; a value like any other. */
    public static final Figure UNKNOWN = new Figure(Qualifier.UNKNOWN, 0, null, false, 0);

    public Figure {
        if (from < 0 || certain < 0 || certain > from || (to != null && to < from)) {
            throw new IllegalArgumentException("No count is between " + from + " and " + to);
        }
    }

    public static Figure exactly(long n) {
        return certain(EXACTLY, n, n, n);
    }

    public static Figure atLeast(long n) {
        return certain(AT_LEAST, n, n, null);
    }

    public static Figure moreThan(long n) {
        return certain(MORE_THAN, n, n + 1, null);
    }

    public static Figure upTo(long n) {
        return certain(UP_TO, n, 0, n);
    }

    /** @param n from 1: no count is below none */
    public static Figure fewerThan(long n) {
        requirePositive(n, "fewer than");
        return certain(FEWER_THAN, n, 0, n - 1);
    }

    /** More than half: of 196, from 99 to 196. */
    public static Figure majorityOf(long whole) {
        requirePositive(whole, "a majority of");
        return certain(MAJORITY_OF, whole, whole / 2 + 1, whole);
    }

    public static Figure between(long from, long to) {
        requireStated(from);
        if (from >= to) {
            throw new IllegalArgumentException("'Between' needs a smaller number and then a larger one.");
        }
        return certain(BETWEEN, to, from, to);
    }

    public static Figure about(long n) {
        return near(ABOUT, n, "about");
    }

    public static Figure nearly(long n) {
        return near(NEARLY, n, "nearly");
    }

    /** The number beside the qualifier; null where there is none ({@code unknown}) or two ({@code between}). */
    public @Nullable Long value() {
        return switch (qualifier) {
            case EXACTLY, AT_LEAST, ABOUT, NEARLY -> from;
            case MORE_THAN -> from - 1;
            case UP_TO -> to;
            case FEWER_THAN -> to == null ? null : to + 1;
            case MAJORITY_OF, BETWEEN, UNKNOWN -> null;
        };
    }

    /** The whole of which this is a majority; null otherwise. */
    public @Nullable Long of() {
        return qualifier == MAJORITY_OF ? to : null;
    }

    /** What the count is certainly not below; null when nothing is certain. */
    public @Nullable Long low() {
        return switch (qualifier) {
            case UNKNOWN -> null;
            case EXACTLY, AT_LEAST, MORE_THAN, UP_TO, FEWER_THAN, MAJORITY_OF, BETWEEN, ABOUT, NEARLY ->
                approximate && certain == 0 ? null : (Long) certain;
        };
    }

    /** What the count is certainly not above; null when there is no such limit. */
    public @Nullable Long high() {
        return approximate ? null : to;
    }

    /**
     * Both together. Commutative and associative, with {@link #NONE} as neutral as far as bounds go (the words of a sum
     * are its own: more than 1,300 and none make at least 1,301).
     */
    public Figure plus(Figure other) {
        return sum(
                Math.min(from + other.from, CEILING),
                to == null || other.to == null || to + other.to > CEILING ? null : (Long) (to + other.to),
                approximate || other.approximate,
                Math.min(certain + other.certain, CEILING));
    }

    /** Whether this count is above the other. */
    public Certainty exceeds(Figure other) {
        Long high = high();
        Long otherHigh = other.high();
        if (otherHigh != null && certain > otherHigh) {
            return Certainty.YES;
        }
        if (high != null && high <= other.certain) {
            return Certainty.NO;
        }
        return Certainty.NOT_DETERMINABLE;
    }

    /** Whether both are the same count. */
    public Certainty isSameAs(Figure other) {
        if (exceeds(other) == Certainty.YES || other.exceeds(this) == Certainty.YES) {
            return Certainty.NO;
        }
        boolean bothExact = isOneNumber() && other.isOneNumber();
        return bothExact ? Certainty.YES : Certainty.NOT_DETERMINABLE;
    }

    /**
     * The figure that these words state, e.g. {@code more than 1,300}; empty when they state none.
     *
     * @throws IllegalArgumentException when the number is out of range
     */
    public static Optional<Figure> parse(String words) {
        return FigureWords.parse(words);
    }

    /** In words, e.g. {@code at least 1,497}; a bare number only when it is exact. */
    public String text() {
        return FigureWords.of(this);
    }

    @Override
    public String toString() {
        return text();
    }

    private boolean isOneNumber() {
        return !approximate && to != null && to == from;
    }

    private static Figure sum(long from, @Nullable Long to, boolean approximate, long certain) {
        if (to == null) {
            return from == 0 ? UNKNOWN : new Figure(AT_LEAST, from, null, approximate, certain);
        }
        if (to == from) {
            return new Figure(approximate ? ABOUT : EXACTLY, from, to, approximate, certain);
        }
        return new Figure(from == 0 ? UP_TO : BETWEEN, from, to, approximate, certain);
    }

    private static Figure certain(Qualifier qualifier, long stated, long from, @Nullable Long to) {
        requireStated(stated);
        return new Figure(qualifier, from, to, false, from);
    }

    private static Figure near(Qualifier qualifier, long n, String words) {
        requireStated(n);
        requirePositive(n, words);
        return new Figure(qualifier, n, n, true, 0);
    }

    private static void requireStated(long n) {
        if (n < 0 || n > LARGEST) {
            throw new IllegalArgumentException(
                    "A figure is a whole number from 0 to 1,000,000,000,000, not " + n + ".");
        }
    }

    private static void requirePositive(long n, String words) {
        if (n < 1) {
            throw new IllegalArgumentException("'" + words + "' needs a whole number from 1, not " + n + ".");
        }
    }
}
