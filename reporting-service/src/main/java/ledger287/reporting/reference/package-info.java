/** Counties, places and their people, from files of the Census Bureau that an operator loads; never from memory. */
@NullMarked
package ledger287.reporting.reference;

import org.jspecify.annotations.NullMarked;
