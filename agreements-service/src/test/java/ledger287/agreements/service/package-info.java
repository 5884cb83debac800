/** The service as its callers see it, on a real PostgreSQL and a real broker. */
@NullMarked
package ledger287.agreements.service;

import org.jspecify.annotations.NullMarked;
