package ledger287.reporting.versions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a version table and how it follows from an image.
 *
 * @param value as PostgreSQL's input text; null is NULL
 */
public record Column(String name, Function<JsonNode, @Nullable String> value) {
    /** A row of an index takes 2,700 bytes, four for a letter of some scripts, and several such columns. */
    private static final int LONGEST = 250;

    /** The image's field of the same name, as it is; null when it is null or absent. */
    public static Column of(String name) {
        return new Column(name, image -> {
            JsonNode node = image.path(name);
            return node.isNull() || node.isMissingNode() ? null : node.asText();
        });
    }

    /**
     * The same of a text that anybody may have made as long as a workbook's cell, 32,767 characters, and that indexes hold:
     * at most 250 characters, the last of them an ellipsis where it was cut. The image has all of it.
     */
    public static Column beginning(String name) {
        Function<JsonNode, @Nullable String> whole = of(name).value();
        return new Column(name, image -> {
            String text = whole.apply(image);
            if (text == null || text.length() <= LONGEST) {
                return text;
            }
            boolean halves = Character.isHighSurrogate(text.charAt(LONGEST - 2));
            return text.substring(0, LONGEST - (halves ? 2 : 1)) + "…";
        });
    }
}
