/** The supervisor behind {@code ./ledger up}: one process tree that starts, watches and stops the whole ledger. */
@NullMarked
package ledger287.local.stack;

import org.jspecify.annotations.NullMarked;
