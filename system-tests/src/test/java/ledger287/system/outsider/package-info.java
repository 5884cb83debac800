/** A reader of the topic, written from {@code contracts/README.md} alone. It imports nothing of ours. */
@NullMarked
package ledger287.system.outsider;

import org.jspecify.annotations.NullMarked;
