package ledger287.eventstore;

/** Is told what the publisher has done, on the publisher's thread: for metrics, so be quick. */
public interface PublisherListener {

    /** Listens to nothing. */
    PublisherListener NONE = new PublisherListener() {};

    /** The records are on their way to the broker, and invisible until it commits. */
    default void sent(long firstPosition, long lastPosition) {}

    /** The broker has committed: readers see the records. The database does not know it yet. */
    default void committed(long firstPosition, long lastPosition) {}

    /** The database knows it, too. */
    default void checkpointed(long firstPosition, long lastPosition) {}
}
