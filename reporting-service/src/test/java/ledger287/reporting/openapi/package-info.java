/** The description of the interface, held against the running service. */
@NullMarked
package ledger287.reporting.openapi;

import org.jspecify.annotations.NullMarked;
