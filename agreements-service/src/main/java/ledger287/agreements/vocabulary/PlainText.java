package ledger287.agreements.vocabulary;

import java.util.regex.Pattern;

/** Text as a person would retype it: plain single spaces, straight apostrophes, nothing invisible. */
public final class PlainText {
    /** Format characters that show nothing: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060\\uFEFF]");

    private static final Pattern SPACING = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final Pattern APOSTROPHES = Pattern.compile("[\\u2018\\u2019\\u201B\\u02BC\\u00B4`\\uFF07]");

    private PlainText() {}

    /** Every kind of space becomes one plain space, none at the ends; apostrophes are left as typed. */
    public static String spaced(String typed) {
        if (isPlain(typed)) {
            return typed;
        }
        return SPACING.matcher(INVISIBLE.matcher(typed).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** Whether there is nothing to see in a text. */
    public static boolean isBlank(String typed) {
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c > ' ' && c <= '~') {
                return false;
            }
        }
        return spaced(typed).isEmpty();
    }

    /** {@link #spaced} and with every kind of apostrophe straight. */
    public static String of(String typed) {
        if (isPlain(typed)) {
            return typed;
        }
        return APOSTROPHES.matcher(spaced(typed)).replaceAll("'");
    }

    /** Nearly every cell is: ASCII without a grave accent, with single spaces inside. Saves the patterns, not a rule. */
    private static boolean isPlain(String typed) {
        char previous = ' ';
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c < ' ' || c > '~' || c == '`' || (c == ' ' && previous == ' ')) {
                return false;
            }
            previous = c;
        }
        return typed.isEmpty() || previous != ' ';
    }
}
