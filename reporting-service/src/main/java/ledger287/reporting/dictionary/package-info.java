/** What every column and measure means. */
@NullMarked
package ledger287.reporting.dictionary;

import org.jspecify.annotations.NullMarked;
