/** What can go wrong with a request, as RFC 9457 problem+json that says what to do. */
@NullMarked
package ledger287.service.problem;

import org.jspecify.annotations.NullMarked;
