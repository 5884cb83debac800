package ledger287.reporting.stream;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code ledger287.reporting.stream.*} */
@ConfigMapping(prefix = "ledger287.reporting.stream")
interface StreamSettings {
    /** How long a stream may be silent. */
    Duration heartbeat();

    /** How long a write may wait for its reader. */
    Duration blocked();

    /** How long a stream lives, on average; each one a quarter more or less. */
    Duration lifetime();

    /** How many streams at once. */
    int most();

    /** How many of one client address. */
    int mostPerAddress();

    /** How many changes are kept in memory. */
    int tailChanges();

    /** How many bytes of them. */
    int tailBytes();
}
