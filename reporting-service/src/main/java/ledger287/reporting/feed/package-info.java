/** The change log as readers take it: what they select, where they go on, in what form a change comes. */
@NullMarked
package ledger287.reporting.feed;

import org.jspecify.annotations.NullMarked;
