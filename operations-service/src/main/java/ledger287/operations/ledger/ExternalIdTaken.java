package ledger287.operations.ledger;

/**
 * Somebody else recorded an operation under the same external id at the same time. Whoever decides again sees it.
 */
public final class ExternalIdTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExternalIdTaken(String externalIds) {
        super("One of these external ids was taken meanwhile: " + externalIds);
    }
}
