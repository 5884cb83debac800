@NullMarked
package ledger287.reporting.dashboard;

import org.jspecify.annotations.NullMarked;
