/** What changed between the ledger and a workbook, and why we think so. Pure: (Roster, Sheet) to Reconciliation. */
@NullMarked
package ledger287.agreements.reconciliation;

import org.jspecify.annotations.NullMarked;
