/** The pages for people: what the public API answers, set in words, tables and drawings, in two languages. */
@NullMarked
package ledger287.reporting.dashboard;

import org.jspecify.annotations.NullMarked;
