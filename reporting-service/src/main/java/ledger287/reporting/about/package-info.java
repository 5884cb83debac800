/** What the API says about itself. */
@NullMarked
package ledger287.reporting.about;

import org.jspecify.annotations.NullMarked;
