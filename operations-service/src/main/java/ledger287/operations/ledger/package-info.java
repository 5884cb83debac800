/** The one way to write to the log: a transaction that holds the dossiers it decides on. */
@NullMarked
package ledger287.operations.ledger;

import org.jspecify.annotations.NullMarked;
