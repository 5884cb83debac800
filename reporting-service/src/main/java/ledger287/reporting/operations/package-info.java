/** Enforcement operations and the claims made about them: versions, lists, totals, and who took part. */
@NullMarked
package ledger287.reporting.operations;

import org.jspecify.annotations.NullMarked;
