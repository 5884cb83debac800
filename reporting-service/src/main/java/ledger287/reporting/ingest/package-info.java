/** From the topics into the query stores: whole appends, each position once, nothing skipped, what cannot be read parked. */
@NullMarked
package ledger287.reporting.ingest;

import org.jspecify.annotations.NullMarked;
