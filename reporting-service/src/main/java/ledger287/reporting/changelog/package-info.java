/** The public change log: every event of every source log, in one gapless order, and the cursor that names a place in it. */
@NullMarked
package ledger287.reporting.changelog;

import org.jspecify.annotations.NullMarked;
