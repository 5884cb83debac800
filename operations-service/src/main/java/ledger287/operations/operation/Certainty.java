package ledger287.operations.operation;

/** The answer to a question about figures of which only bounds are known. */
public enum Certainty {
    YES,
    NO,
    NOT_DETERMINABLE
}
