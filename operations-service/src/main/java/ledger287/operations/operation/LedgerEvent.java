package ledger287.operations.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one thing. Every event carries the whole image after it and the image before it, so the newest image
 * of each id is the state.
 */
public sealed interface LedgerEvent {

    /** The stream the event belongs to, e.g. {@code claim-<id>}. */
    String streamId();

    /** The logical type name, e.g. {@code claim-made}; never a class name. */
    String type();

    /** The first event of a log: from here on it holds sample data or real data, never both. */
    record LedgerOpened(boolean sample, Instant openedAt) implements LedgerEvent {
        @Override
        public String streamId() {
            return "ledger";
        }

        @Override
        public String type() {
            return "ledger-opened";
        }
    }

    /** @param before null when the operation is recorded by this event */
    record OperationEvent(OperationChange change, @Nullable Operation before, Operation after) implements LedgerEvent {
        @Override
        public String streamId() {
            return "operation-" + after.id();
        }

        @Override
        public String type() {
            return "operation-" + change.code();
        }
    }

    /** @param before null when the claim is made by this event */
    record ClaimEvent(ClaimChange change, @Nullable Claim before, Claim after) implements LedgerEvent {
        @Override
        public String streamId() {
            return "claim-" + after.id();
        }

        @Override
        public String type() {
            return "claim-" + change.code();
        }
    }
}
