/** The secrets that messages are signed with, and how they are kept. */
@NullMarked
package ledger287.reporting.webhooks.secret;

import org.jspecify.annotations.NullMarked;
