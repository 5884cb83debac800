/** The one place of configuration keys. */
@NullMarked
package ledger287.agreements.settings;

import org.jspecify.annotations.NullMarked;
