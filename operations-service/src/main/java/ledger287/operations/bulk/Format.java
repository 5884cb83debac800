package ledger287.operations.bulk;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a file is written. */
enum Format {
    NDJSON,
    CSV;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Format ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** By the media type, or by the file's name where the type says nothing. */
    static Optional<Format> of(@Nullable String contentType, @Nullable String fileName) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        String name = fileName == null ? "" : fileName.toLowerCase(Locale.ROOT);
        if (type.startsWith("text/csv") || type.startsWith("application/csv")) {
            return Optional.of(CSV);
        }
        if (type.contains("ndjson") || type.contains("jsonl") || type.contains("jsonlines")) {
            return Optional.of(NDJSON);
        }
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".ndjson") || name.endsWith(".jsonl") ? Optional.of(NDJSON) : Optional.empty();
    }
}
