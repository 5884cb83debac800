package ledger287.reporting.query;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms in which answers come. */
public enum Format {
    JSON("application/json", Compression.WORTHWHILE),
    CSV("text/csv; charset=utf-8", Compression.FUTILE),
    NDJSON("application/x-ndjson", Compression.FUTILE),
    PARQUET("application/vnd.apache.parquet", Compression.FUTILE),
    GEOJSON("application/geo+json", Compression.WORTHWHILE),
    ZIP("application/zip", Compression.FUTILE);

    private final String mediaType;
    private final Compression compression;

    Format(String mediaType, Compression compression) {
        this.mediaType = mediaType;
        this.compression = compression;
    }

    public String mediaType() {
        return mediaType;
    }

    Compression compression() {
        return compression;
    }

    /** E.g. {@code .csv}. */
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** For a sentence: {@code .json, .csv and .zip}. */
    static String suffixes(Collection<Format> formats) {
        List<String> all = formats.stream().sorted().map(Format::suffix).collect(Collectors.toList());
        String last = all.removeLast();
        return all.isEmpty() ? last : String.join(", ", all) + " and " + last;
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

    /** The first that a reader asks for by name, else JSON for those who take anything; null for those who do not. */
    static @Nullable Format of(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (type.isWildcardType()
                    || (type.isWildcardSubtype() && type.getType().equals("application"))) {
                return JSON;
            }
            if (type.isWildcardSubtype() && type.getType().equals("text")) {
                return CSV;
            }
            for (Format format : values()) {
                if (format.is(type)) {
                    return format;
                }
            }
        }
        return acceptable.isEmpty() ? JSON : null;
    }
}
