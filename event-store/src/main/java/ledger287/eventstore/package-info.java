/**
 * An append-only log of events on PostgreSQL, the receipts of the commands that wrote them, and the publisher that
 * carries them to a Kafka topic. Plain JDBC and the plain Kafka client; no framework, no threads but the publisher's.
 *
 * <p>The tables are made by the Flyway migrations under {@code db/event-store} of this library. A service keeps one log
 * in a database of its own.
 */
@NullMarked
package ledger287.eventstore;

import org.jspecify.annotations.NullMarked;
