/** Commands on operations and claims by people, and a look at each. */
@NullMarked
package ledger287.operations.recording;

import org.jspecify.annotations.NullMarked;
