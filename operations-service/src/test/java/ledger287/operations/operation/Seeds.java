package ledger287.operations.operation;

import java.util.Random;
import java.util.function.Consumer;

/** Tries a property on a thousand seeds, always the same, and names the one it does not hold for. */
final class Seeds {
    private static final int SEEDS = 1_000;

    private Seeds() {}

    static void each(Consumer<Random> property) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }
}
