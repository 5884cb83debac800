/** What was held to be so, for readers of any day and any place in the change log: versions as rectangles. */
@NullMarked
package ledger287.reporting.versions;

import org.jspecify.annotations.NullMarked;
