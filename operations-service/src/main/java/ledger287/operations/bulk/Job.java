package ledger287.operations.bulk;

import java.time.Instant;
import java.util.UUID;
import ledger287.operations.ledger.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How far a file is.
 *
 * @param csvHeader the first line of a CSV file
 * @param kind what the sender says that it holds; null for what the ledger holds
 * @param total lines received so far, blank ones and a header aside
 * @param recorded lines whose operation or claim is in the ledger by this job
 * @param unchanged lines that were in the ledger before
 * @param position of the newest event that it led to
 */
record Job(
        UUID id,
        String caller,
        Format format,
        @Nullable String fileName,
        @Nullable String csvHeader,
        @Nullable Kind kind,
        State state,
        @Nullable String message,
        long total,
        long recorded,
        long unchanged,
        long failed,
        int nextPiece,
        @Nullable Long position,
        Instant receivedAt,
        @Nullable Instant finishedAt) {

    /** What becomes of a file. */
    enum State {
        /** It is on its way here. */
        RECEIVING,
        QUEUED,
        RUNNING,
        DONE,
        /** It cannot go on; its message says why. */
        STOPPED
    }
}
