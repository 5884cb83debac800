package ledger287.local.stack;

import java.time.Instant;

/** What tells this run of the program from every other on this machine. */
final class ThisRun {

    private ThisRun() {}

    /** The process id, which recurs, and when the process began. */
    static String id() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + "@" + self.info().startInstant().orElse(Instant.EPOCH);
    }
}
