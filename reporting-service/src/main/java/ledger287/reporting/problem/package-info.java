/** One catalogue of what can go wrong for a reader, as RFC 9457 problem details. */
@NullMarked
package ledger287.reporting.problem;

import org.jspecify.annotations.NullMarked;
