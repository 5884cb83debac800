/** Reading what callers gave with their requests. */
@NullMarked
package ledger287.agreements.request;

import org.jspecify.annotations.NullMarked;
