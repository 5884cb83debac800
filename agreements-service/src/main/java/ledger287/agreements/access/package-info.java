/** From which pages browsers may ask this service. */
@NullMarked
package ledger287.agreements.access;

import org.jspecify.annotations.NullMarked;
