package ledger287.reporting.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is sent compressed, which is decided here once: its tag says so, since bytes that differ have tags
 * that differ (RFC 9110, 8.8.3.3), and the server compresses exactly the answers whose tag says it.
 */
public enum Compression {
    WORTHWHILE,
    /** What is compressed already, or written as it is read: broken off, it must not end well, as the server's gzip does. */
    FUTILE;

    /** Ends the tag of a compressed answer, within its quotation marks. */
    private static final String MARK = "-gzip";

    /**
     * Whether a reader takes gzip.
     *
     * @param acceptEncoding null when nothing was said, which asks for bytes as they are
     */
    public static boolean accepted(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        double byName = -1;
        double any = -1;
        for (String one : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            int semicolon = one.indexOf(';');
            String coding = (semicolon < 0 ? one : one.substring(0, semicolon)).strip();
            double weight = semicolon < 0 ? 1 : weight(one.substring(semicolon + 1));
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                byName = Math.max(byName, weight);
            } else if (coding.equals("*")) {
                any = weight;
            }
        }
        return byName > 0 || (byName < 0 && any > 0);
    }

    private static double weight(String parameter) {
        String text = parameter.strip();
        try {
            return text.startsWith("q=") ? Double.parseDouble(text.substring(2).strip()) : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether a tag is that of a compressed answer. */
    public static boolean isMarked(String tag) {
        return tag.endsWith(MARK + '"');
    }

    /** The tag of the same answer, compressed. */
    static String marked(String tag) {
        return tag.substring(0, tag.length() - 1) + MARK + '"';
    }
}
