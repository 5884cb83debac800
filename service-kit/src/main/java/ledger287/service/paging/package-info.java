/** Lists in pages. */
@NullMarked
package ledger287.service.paging;

import org.jspecify.annotations.NullMarked;
