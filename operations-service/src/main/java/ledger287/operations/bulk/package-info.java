/** Files of many operations and claims: received whole, worked off in the background, each line once. */
@NullMarked
package ledger287.operations.bulk;

import org.jspecify.annotations.NullMarked;
