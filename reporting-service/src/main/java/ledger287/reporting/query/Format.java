package ledger287.reporting.query;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which answers come. */
public enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    NDJSON("application/x-ndjson"),
    PARQUET("application/vnd.apache.parquet");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The media type by which a format is asked for, without parameters. */
    private boolean is(MediaType type) {
        String asked = type.getType() + "/" + type.getSubtype();
        return mediaType.equals(asked) || mediaType.startsWith(asked + ";");
    }

    /** What a suffix of an address stands for. */
    static Optional<Format> ofSuffix(String suffix) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(suffix))
                .findFirst();
    }

    /** The first that is asked for by name, else JSON. */
    static Format of(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (type.isWildcardType()) {
                return JSON;
            }
            for (Format format : values()) {
                if (format.is(type)) {
                    return format;
                }
            }
        }
        return JSON;
    }
}
