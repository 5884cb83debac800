/** Counts over the roster: the headline and the table of states. */
@NullMarked
package ledger287.reporting.statistics;

import org.jspecify.annotations.NullMarked;
