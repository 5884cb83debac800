/** Versions against a naive fold. */
@NullMarked
package ledger287.reporting.versions;

import org.jspecify.annotations.NullMarked;
