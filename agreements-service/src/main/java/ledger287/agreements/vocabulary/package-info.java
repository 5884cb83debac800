/** The words of the field: states, support types, kinds of agency and of workbook. Names as in the public contract. */
@NullMarked
package ledger287.agreements.vocabulary;

import org.jspecify.annotations.NullMarked;
