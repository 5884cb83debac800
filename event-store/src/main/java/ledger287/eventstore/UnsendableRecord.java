package ledger287.eventstore;

/** A record that the broker, or the client before it, will refuse however often it is sent. */
final class UnsendableRecord extends Exception {

    private final long position;

    UnsendableRecord(long position, Throwable cause) {
        super(cause);
        this.position = position;
    }

    long position() {
        return position;
    }
}
