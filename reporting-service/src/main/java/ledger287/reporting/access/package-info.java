/** Who may read: every page of every origin. The keys of those who may do more are read by the access kit. */
@NullMarked
package ledger287.reporting.access;

import org.jspecify.annotations.NullMarked;
