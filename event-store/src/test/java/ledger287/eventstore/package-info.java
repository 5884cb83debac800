/** The store and the publisher against a real PostgreSQL and a real broker. */
@NullMarked
package ledger287.eventstore;

import org.jspecify.annotations.NullMarked;
