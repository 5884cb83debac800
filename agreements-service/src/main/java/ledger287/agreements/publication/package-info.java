/** Facts as the log stores them, and as the public contract publishes them. */
@NullMarked
package ledger287.agreements.publication;

import org.jspecify.annotations.NullMarked;
