package ledger287.reporting.query;

import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The forms in which answers come. */
public enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** CSV when it is preferred by name, else JSON. */
    static Format of(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (type.isWildcardType()) {
                return JSON;
            }
            if ("text".equals(type.getType()) && "csv".equals(type.getSubtype())) {
                return CSV;
            }
            if ("application".equals(type.getType()) && "json".equals(type.getSubtype())) {
                return JSON;
            }
        }
        return JSON;
    }
}
