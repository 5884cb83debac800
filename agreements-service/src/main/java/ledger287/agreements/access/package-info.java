/** Who may do what: API keys, kept as hashes, with roles. */
@NullMarked
package ledger287.agreements.access;

import org.jspecify.annotations.NullMarked;
