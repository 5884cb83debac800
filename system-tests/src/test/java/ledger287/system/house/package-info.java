/** Rules over all modules: what code may do, and what may be committed. */
@NullMarked
package ledger287.system.house;

import org.jspecify.annotations.NullMarked;
