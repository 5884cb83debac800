/** Real servers as child processes, for {@code ./ledger up} and for tests: no Docker, no root, no imitation. */
@NullMarked
package ledger287.local;

import org.jspecify.annotations.NullMarked;
