package ledger287.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Two things measured in one run on one machine, alternating, and their ratio. Absolute numbers are printed and mean
 * little elsewhere; the median of the ratios is what a target speaks of. Nothing here fails a test.
 */
final class Rounds {

    private static final int WARM_UP = 2;

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();

    private Rounds() {}

    /** Measures both so many times after two rounds that do not count; who goes first alternates. */
    static Rounds alternating(int rounds, DoubleSupplier ours, DoubleSupplier theirs) {
        var measured = new Rounds();
        for (int round = -WARM_UP; round < rounds; round++) {
            double mine;
            double other;
            if (round % 2 == 0) {
                mine = ours.getAsDouble();
                other = theirs.getAsDouble();
            } else {
                other = theirs.getAsDouble();
                mine = ours.getAsDouble();
            }
            System.out.printf(Locale.ROOT, "  round %d: %.0f against %.0f%n", round + WARM_UP, mine, other);
            if (round >= 0) {
                measured.ours.add(mine);
                measured.theirs.add(other);
            }
        }
        return measured;
    }

    /** The ratio of ours to theirs, round by round: its median, its least and its greatest. */
    String ratio() {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        Collections.sort(ratios);
        return "%.2f × (%.2f to %.2f)".formatted(median(ratios), ratios.getFirst(), ratios.getLast());
    }

    /** The medians of both, in a unit. */
    String absolute(String unit) {
        return "%.0f against %.0f %s".formatted(median(ours), median(theirs), unit);
    }

    /** A row of the table that {@code ./ledger bench} prints at its end. */
    static void row(String number, String what, String measured, String target) {
        Path rows = Path.of("target", "bench");
        try {
            Files.createDirectories(rows);
            Files.writeString(
                    rows.resolve(number + ".row"), "| %s | %s | %s | %s |%n".formatted(number, what, measured, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
