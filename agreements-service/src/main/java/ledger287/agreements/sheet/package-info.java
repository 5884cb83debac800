/** Reading a workbook: rows, canonical cells, repairs. Knows nothing of the roster. */
@NullMarked
package ledger287.agreements.sheet;

import org.jspecify.annotations.NullMarked;
