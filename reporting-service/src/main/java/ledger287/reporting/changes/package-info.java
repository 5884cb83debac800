/** The change log as readers get it. */
@NullMarked
package ledger287.reporting.changes;

import org.jspecify.annotations.NullMarked;
