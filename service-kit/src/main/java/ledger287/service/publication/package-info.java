/** From stored events to the public topic: the form, the publisher's life, its health. */
@NullMarked
package ledger287.service.publication;

import org.jspecify.annotations.NullMarked;
