@NullMarked
package ledger287.local;

import org.jspecify.annotations.NullMarked;
