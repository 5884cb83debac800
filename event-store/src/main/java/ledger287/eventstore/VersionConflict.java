package ledger287.eventstore;

/**
 * A stream is not at the version that a decision was based on. Nothing of the append is stored and the transaction can
 * only be rolled back; read again, decide again.
 *
 * <p>Unchecked, because transaction interceptors commit on checked exceptions.
 */
public final class VersionConflict extends RuntimeException {

    private final String streamId;
    private final long expected;
    private final long actual;

    VersionConflict(String streamId, long expected, long actual, Throwable cause) {
        super("Stream " + streamId + " is at version " + actual + ", not at " + expected + ".", cause);
        this.streamId = streamId;
        this.expected = expected;
        this.actual = actual;
    }

    public String streamId() {
        return streamId;
    }

    public long expected() {
        return expected;
    }

    /** The version the stream is at; 0 when it does not exist. */
    public long actual() {
        return actual;
    }
}
