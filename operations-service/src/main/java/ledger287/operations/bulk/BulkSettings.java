package ledger287.operations.bulk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of files. */
@ConfigMapping(prefix = "ledger287.bulk")
public interface BulkSettings {

    /** Of a whole file. {@code quarkus.http.limits.max-body-size} must not be less. */
    @WithDefault("2000000000")
    long maxBytes();

    /** Of one line; a longer one fails, the others are taken. */
    @WithDefault("65536")
    int maxLineBytes();

    /** Lines that are recorded in one transaction. */
    @WithDefault("500")
    int linesPerPiece();

    /** Seconds without a byte after which an upload is given up for lost. */
    @WithDefault("600")
    int abandonedAfterSeconds();
}
