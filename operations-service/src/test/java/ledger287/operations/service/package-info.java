/** The service as its callers meet it, on a real database and a real broker. */
@NullMarked
package ledger287.operations.service;

import org.jspecify.annotations.NullMarked;
