/** What every reading request has in common: its moment, its parameters, its caching, its form. */
@NullMarked
package ledger287.reporting.query;

import org.jspecify.annotations.NullMarked;
