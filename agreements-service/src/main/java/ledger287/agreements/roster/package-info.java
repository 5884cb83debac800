/** The state of the ledger as a fold of its events: agencies, agreements, applications, reviews. Pure Java. */
@NullMarked
package ledger287.agreements.roster;

import org.jspecify.annotations.NullMarked;
