/** Agencies, agreements, applications and the workbooks that show them, as lists and single things. */
@NullMarked
package ledger287.reporting.roster;

import org.jspecify.annotations.NullMarked;
