/** Who may do what: API keys, kept as hashes, with roles. */
@NullMarked
package ledger287.service.access;

import org.jspecify.annotations.NullMarked;
