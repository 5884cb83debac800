/** History is frozen: what was stored once can be read for ever, and is published as the contract says. */
@NullMarked
package ledger287.agreements.publication;

import org.jspecify.annotations.NullMarked;
