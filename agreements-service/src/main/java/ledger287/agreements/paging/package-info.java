/** Lists in pages. */
@NullMarked
package ledger287.agreements.paging;

import org.jspecify.annotations.NullMarked;
