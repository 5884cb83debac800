package ledger287.reporting.ingest;

import java.util.UUID;

/** Names new things. */
@FunctionalInterface
public interface IdSource {
    UUID next();
}
