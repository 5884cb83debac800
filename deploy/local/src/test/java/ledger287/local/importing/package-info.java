@NullMarked
package ledger287.local.importing;

import org.jspecify.annotations.NullMarked;
