package ledger287.reporting.ingest;

/** A position is missing in what was read. Nothing may be projected until it is found. */
final class GapException extends Exception {
    private final long found;

    GapException(String log, long expected, long found) {
        super("Position %d of the log %s is missing: %d came next".formatted(expected, log, found));
        this.found = found;
    }

    /** The position that came out of turn. */
    long found() {
        return found;
    }
}
