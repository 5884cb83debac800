/** The ledger in memory, kept at a position of the log, and the one way to write to it. */
@NullMarked
package ledger287.agreements.ledger;

import org.jspecify.annotations.NullMarked;
