/** The reporting service, tested on a real PostgreSQL and a real Kafka. */
@NullMarked
package ledger287.reporting;

import org.jspecify.annotations.NullMarked;
