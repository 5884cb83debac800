@NullMarked
package ledger287.reporting.limits;

import org.jspecify.annotations.NullMarked;
