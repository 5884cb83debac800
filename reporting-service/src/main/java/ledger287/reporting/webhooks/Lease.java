package ledger287.reporting.webhooks;

import java.util.UUID;

/**
 * The right to deliver to one webhook, as long as nobody else was given it.
 *
 * @param number of the leases of this webhook
 */
record Lease(UUID webhook, UUID worker, long number) {}
