/** Rows as they come into tables. */
@NullMarked
package ledger287.reporting.database;

import org.jspecify.annotations.NullMarked;
