@NullMarked
package ledger287.local.client;

import org.jspecify.annotations.NullMarked;
