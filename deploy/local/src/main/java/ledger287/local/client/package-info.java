/** Speaks to the ledger's services over HTTP, as any other client would. */
@NullMarked
package ledger287.local.client;

import org.jspecify.annotations.NullMarked;
