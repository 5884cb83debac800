package ledger287.operations.operation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Figures in English words, and back. */
final class FigureWords {
    private static final String NUMBER = "([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})";
    private static final Pattern TWO_NUMBERS = Pattern.compile("between " + NUMBER + " and " + NUMBER);
    private static final Pattern ONE_NUMBER = Pattern.compile("(?:([a-z ]+) )?" + NUMBER);

    private FigureWords() {}

    static String of(Figure figure) {
        String about = figure.approximate() ? "about " : "";
        return switch (figure.qualifier()) {
            case EXACTLY -> number(figure.from());
            case AT_LEAST ->
                figure.approximate()
                        ? "about " + number(figure.from()) + " or more"
                        : "at least " + number(figure.from());
            case MORE_THAN -> "more than " + number(figure.value());
            case UP_TO -> "up to " + about + number(figure.value());
            case FEWER_THAN -> "fewer than " + number(figure.value());
            case MAJORITY_OF -> "a majority of " + number(figure.of());
            case BETWEEN -> "between " + about + number(figure.from()) + " and " + about + number(figure.to());
            case ABOUT -> "about " + number(figure.from());
            case NEARLY -> "nearly " + number(figure.from());
            case UNKNOWN -> "not known";
        };
    }

    /**
     * The figure that these words state, as far as one source would state it.
     *
     * @throws IllegalArgumentException when the number is out of range
     */
    static Optional<Figure> parse(String words) {
        String plain = words.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        if (plain.equals("not known") || plain.equals("unknown")) {
            return Optional.of(Figure.UNKNOWN);
        }
        Matcher two = TWO_NUMBERS.matcher(plain);
        if (two.matches()) {
            return Optional.of(Figure.between(number(two.group(1)), number(two.group(2))));
        }
        Matcher one = ONE_NUMBER.matcher(plain);
        return one.matches() ? stated(one.group(1), number(one.group(2))) : Optional.empty();
    }

    private static Optional<Figure> stated(@Nullable String words, long n) {
        return Optional.ofNullable(
                switch (words == null ? "exactly" : words) {
                    case "exactly" -> Figure.exactly(n);
                    case "at least" -> Figure.atLeast(n);
                    case "more than", "over" -> Figure.moreThan(n);
                    case "up to", "at most" -> Figure.upTo(n);
                    case "fewer than", "less than" -> Figure.fewerThan(n);
                    case "a majority of", "most of" -> Figure.majorityOf(n);
                    case "about" -> Figure.about(n);
                    case "nearly", "almost" -> Figure.nearly(n);
                    default -> null;
                });
    }

    private static String number(@Nullable Long n) {
        if (n == null) {
            throw new IllegalStateException("A figure with these words has this number");
        }
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.replace(",", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(digits + " is too large for a count.", e);
        }
    }
}
