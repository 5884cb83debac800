/** PostgreSQL as we speak to it: statements put together in reading order, rows copied in. */
@NullMarked
package ledger287.reporting.database;

import org.jspecify.annotations.NullMarked;
