/**
 * Operations and the claims about them: what can be said, what follows from it, and who is believed. Pure Java: no clock,
 * no ids, no input or output.
 */
@NullMarked
package ledger287.operations.operation;

import org.jspecify.annotations.NullMarked;
