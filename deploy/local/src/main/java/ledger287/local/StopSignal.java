package ledger287.local;

/** The signal by which a program is asked to end in good order. */
public enum StopSignal {
    /** What most programs understand. */
    TERM,
    /** PostgreSQL's fast shutdown; TERM would wait for every client to leave. */
    INT
}
