/** Workbooks in ICE's format with fictional agencies, written as raw XML so that every trap of the real ones can be laid. */
@NullMarked
package ledger287.local.sample;

import org.jspecify.annotations.NullMarked;
