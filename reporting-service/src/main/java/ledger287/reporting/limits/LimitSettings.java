package ledger287.reporting.limits;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code ledger287.reporting.limits.*} */
@ConfigMapping(prefix = "ledger287.reporting.limits")
interface LimitSettings {
    /** Whether clients on this machine are limited too. */
    boolean loopback();

    /** How many requests a client may send within a window; they may come at once. */
    int requests();

    Duration window();

    /** How many clients are remembered at most. */
    int clients();

    /** How many downloads may run at once. */
    int downloads();

    /** How many of one client. */
    int downloadsPerClient();

    /** How long a write may wait for its reader. */
    Duration stalled();

    /** How long a download may last, however slowly it is read. */
    Duration longest();
}
