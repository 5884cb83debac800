/** States, territories and regions. */
@NullMarked
package ledger287.reporting.geography;

import org.jspecify.annotations.NullMarked;
