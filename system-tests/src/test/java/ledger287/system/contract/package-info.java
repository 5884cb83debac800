/** The published contract: schemas, examples and {@code asyncapi.yaml} agree with each other and with the README. */
@NullMarked
package ledger287.system.contract;

import org.jspecify.annotations.NullMarked;
