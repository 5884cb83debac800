/** Subscribers' endpoints: which addresses are ever connected to, and how a message is brought there. */
@NullMarked
package ledger287.reporting.webhooks.endpoint;

import org.jspecify.annotations.NullMarked;
