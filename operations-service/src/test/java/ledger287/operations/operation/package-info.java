@NullMarked
package ledger287.operations.operation;

import org.jspecify.annotations.NullMarked;
