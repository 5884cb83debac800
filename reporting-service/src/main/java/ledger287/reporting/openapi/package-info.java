/** The description of the interface that {@code /q/openapi} serves. */
@NullMarked
package ledger287.reporting.openapi;

import org.jspecify.annotations.NullMarked;
