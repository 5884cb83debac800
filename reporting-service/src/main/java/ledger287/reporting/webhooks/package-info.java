/**
 * Webhooks: cursors into the change log that the ledger keeps for its subscribers, and moves as their endpoints take one
 * change after the other.
 */
@NullMarked
package ledger287.reporting.webhooks;

import org.jspecify.annotations.NullMarked;
