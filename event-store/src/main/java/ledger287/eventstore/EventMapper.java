package ledger287.eventstore;

/**
 * Turns a stored event into its public form. Every event has exactly one; the same event always maps to the same record,
 * for it may be sent again.
 */
@FunctionalInterface
public interface EventMapper {

    /** An exception from here halts the publisher at this event: an event is never skipped. */
    PublicRecord map(StoredEvent event);
}
