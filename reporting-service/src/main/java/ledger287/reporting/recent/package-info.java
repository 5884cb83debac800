/** Answers given a moment ago, given again without asking anybody. */
@NullMarked
package ledger287.reporting.recent;

import org.jspecify.annotations.NullMarked;
