/** The workbooks that everything here rests on. */
@NullMarked
package ledger287.reporting.sources;

import org.jspecify.annotations.NullMarked;
