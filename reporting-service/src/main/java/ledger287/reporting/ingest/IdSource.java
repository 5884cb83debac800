package ledger287.reporting.ingest;

import java.util.UUID;

/** Names new things. */
@FunctionalInterface
interface IdSource {
    UUID next();
}
