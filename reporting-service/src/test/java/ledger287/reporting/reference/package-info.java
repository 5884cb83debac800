@NullMarked
package ledger287.reporting.reference;

import org.jspecify.annotations.NullMarked;
