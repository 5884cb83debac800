/** Tables for spreadsheets and data desks. */
@NullMarked
package ledger287.reporting.export;

import org.jspecify.annotations.NullMarked;
