package ledger287.reporting.changelog;

/** A record that is not what {@code contracts/README.md} promises. Trying again will not help. */
public final class MalformedEventException extends RuntimeException {
    public MalformedEventException(String message) {
        super(message);
    }

    public MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
