/** What runs inside the broker's own JVM. Only here are the broker's classes to be had. */
@NullMarked
package ledger287.local.broker;

import org.jspecify.annotations.NullMarked;
