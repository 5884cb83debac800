/** Streams that stay open: changes as SSE or NDJSON, and the headline as it moves. */
@NullMarked
package ledger287.reporting.stream;

import org.jspecify.annotations.NullMarked;
