/** What the tests of every command service need; used by them as this module's test jar. */
@NullMarked
package ledger287.service.testing;

import org.jspecify.annotations.NullMarked;
