/** Rules over the whole service. */
@NullMarked
package ledger287.agreements;

import org.jspecify.annotations.NullMarked;
