package ledger287.eventstore;

/** Going on would lose, repeat or reorder records. */
final class PublisherHalted extends Exception {

    private final String advice;

    PublisherHalted(String advice) {
        super(advice);
        this.advice = advice;
    }

    PublisherHalted(String advice, Throwable cause) {
        super(advice, cause);
        this.advice = advice;
    }

    /** What is the matter and what the operator can do. */
    String advice() {
        return advice;
    }
}
