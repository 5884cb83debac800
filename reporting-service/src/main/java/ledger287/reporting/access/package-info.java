/** API keys: who may do what. */
@NullMarked
package ledger287.reporting.access;

import org.jspecify.annotations.NullMarked;
