/** How much one client may ask for, and how much all of them together. */
@NullMarked
package ledger287.reporting.limits;

import org.jspecify.annotations.NullMarked;
