/** What people decide: reviews, endings, corrections, agencies, history known from documents. */
@NullMarked
package ledger287.agreements.editing;

import org.jspecify.annotations.NullMarked;
