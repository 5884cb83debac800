/** Lists of things with versions, single things and their histories: what all kinds have in common. */
@NullMarked
package ledger287.reporting.lists;

import org.jspecify.annotations.NullMarked;
