@NullMarked
package ledger287.reporting.query;

import org.jspecify.annotations.NullMarked;
