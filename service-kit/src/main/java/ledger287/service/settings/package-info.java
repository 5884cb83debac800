/** Every configuration key that all command services have. */
@NullMarked
package ledger287.service.settings;

import org.jspecify.annotations.NullMarked;
