/** Following a log, piece by piece. */
@NullMarked
package ledger287.reporting.ingest;

import org.jspecify.annotations.NullMarked;
