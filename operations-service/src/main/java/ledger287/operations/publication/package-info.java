/** Facts in the log, and their public form. */
@NullMarked
package ledger287.operations.publication;

import org.jspecify.annotations.NullMarked;
