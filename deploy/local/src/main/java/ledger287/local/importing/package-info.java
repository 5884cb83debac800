/** {@code ./ledger import}: finds workbooks in files, directories and on the web, and gives them to the ledger in order. */
@NullMarked
package ledger287.local.importing;

import org.jspecify.annotations.NullMarked;
