/** The one way to write to the log. */
@NullMarked
package ledger287.agreements.ledger;

import org.jspecify.annotations.NullMarked;
