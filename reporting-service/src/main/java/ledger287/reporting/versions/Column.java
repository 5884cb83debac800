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

    /** The image's field of the same name, as it is; null when it is null or absent. */
    public static Column of(String name) {
        return new Column(name, image -> {
            JsonNode node = image.path(name);
            return node.isNull() || node.isMissingNode() ? null : node.asText();
        });
    }
}
