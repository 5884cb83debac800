@NullMarked
package ledger287.reporting.operations;

import org.jspecify.annotations.NullMarked;
