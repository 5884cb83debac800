@NullMarked
package ledger287.local.stack;

import org.jspecify.annotations.NullMarked;
