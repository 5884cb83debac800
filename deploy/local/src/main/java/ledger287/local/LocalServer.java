package ledger287.local;

/** A server of the local stack, running from the moment there is an object of it. */
public sealed interface LocalServer extends AutoCloseable permits LocalPostgres, LocalKafka {

    int port();

    /** The process as it is now; another one after {@link #restart()}. */
    ChildProcess process();

    /** SIGKILL, as a crash. Returns when the process is gone. */
    void kill();

    /** Starts again on the same data and port, in good order if still running. Returns when it serves. */
    void restart();

    /** Ends the server in good order. Returns when it is gone. */
    @Override
    void close();
}
