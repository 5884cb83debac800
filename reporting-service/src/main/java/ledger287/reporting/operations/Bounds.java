package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is certain about a count.
 *
 * @param low what it is not below; null when nothing is certain
 * @param high what it is not above; null when there is no such limit
 */
public record Bounds(@Nullable Long low, @Nullable Long high) {
    /** Nothing is certain. */
    public static final Bounds UNKNOWN = new Bounds(null, null);

    /** The sum. With an unknown part it has a floor, and no ceiling. */
    public Bounds plus(Bounds other) {
        return new Bounds(
                low == null ? other.low : other.low == null ? low : Long.valueOf(Math.addExact(low, other.low)),
                high == null || other.high == null ? null : Long.valueOf(Math.addExact(high, other.high)));
    }

    /** The qualifier that fits, as the contract names it. */
    public String qualifier() {
        if (low == null && high == null) {
            return "unknown";
        }
        if (high == null) {
            return "at_least";
        }
        if (high.equals(low)) {
            return "exactly";
        }
        return low == null || low == 0 ? "up_to" : "between";
    }

    /** In words, e.g. {@code at least 1,497}; never a bare number that is not exact. */
    public String text() {
        return switch (qualifier()) {
            case "at_least" -> "at least " + number(low);
            case "exactly" -> number(low);
            case "up_to" -> "up to " + number(high);
            case "between" -> "between " + number(low) + " and " + number(high);
            default -> "not known";
        };
    }

    /** Puts low, high, qualifier and text. */
    public void put(ObjectNode answer) {
        answer.put("low", low);
        answer.put("high", high);
        answer.put("qualifier", qualifier());
        answer.put("text", text());
    }

    private static String number(@Nullable Long number) {
        return String.format(Locale.US, "%,d", number);
    }
}
