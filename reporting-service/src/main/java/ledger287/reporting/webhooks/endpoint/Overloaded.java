package ledger287.reporting.webhooks.endpoint;

/** Nothing was tried, since too much of the kind is under way here. It says nothing of the endpoint. */
public final class Overloaded extends Exception {
    Overloaded(String message, Throwable cause) {
        super(message, cause);
    }
}
