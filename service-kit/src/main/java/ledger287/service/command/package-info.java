/** How a command reaches its decision once and only once: who asks, under which key, on which version. */
@NullMarked
package ledger287.service.command;

import org.jspecify.annotations.NullMarked;
