package ledger287.agreements.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From stored values to the text that a spreadsheet program shows. */
final class CellText {
    /** How the format writes characters that XML cannot (ECMA-376 part 1, §22.9.2.19). */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private CellText() {}

    static String unescaped(String stored) {
        if (!stored.contains("_x")) {
            return stored;
        }
        Matcher escaped = ESCAPED.matcher(stored);
        StringBuilder text = new StringBuilder();
        while (escaped.find()) {
            escaped.appendReplacement(
                    text, Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16))));
        }
        return escaped.appendTail(text).toString();
    }

    /** A number in the General format. */
    static String number(String stored, double value) {
        // Beyond this Excel shows an exponent, and the plain form could be endless.
        if (!(Math.abs(value) < 1e15)) {
            return stored;
        }
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value)
                .round(new MathContext(15))
                .stripTrailingZeros()
                .toPlainString();
    }
}
