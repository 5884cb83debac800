/** What a command service is around its own decisions. No domain: neither agreements nor operations are known here. */
@NullMarked
package ledger287.service;

import org.jspecify.annotations.NullMarked;
