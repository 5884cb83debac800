/** Workbooks in: the HTTP resource, and the one transaction that ties reading, roster and reconciliation together. */
@NullMarked
package ledger287.agreements.importing;

import org.jspecify.annotations.NullMarked;
