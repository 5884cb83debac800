/** The whole system, black box: through {@code ./ledger}, HTTP and the topic, importing none of its classes. */
@NullMarked
package ledger287.system;

import org.jspecify.annotations.NullMarked;
