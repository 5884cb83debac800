package ledger287.eventstore;

/** Going on would lose, repeat or reorder records; the message tells the operator what to do. */
final class PublisherHalted extends Exception {

    PublisherHalted(String message) {
        super(message);
    }

    PublisherHalted(String message, Throwable cause) {
        super(message, cause);
    }
}
