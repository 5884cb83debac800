/** Drawings of figures as SVG. They know numbers and words, nothing of where these come from. */
@NullMarked
package ledger287.reporting.drawing;

import org.jspecify.annotations.NullMarked;
