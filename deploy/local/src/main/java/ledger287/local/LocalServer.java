package ledger287.local;

/** A server of the local stack, running from the moment there is an object of it. */
public interface LocalServer extends AutoCloseable {

    int port();

    /** The process as it is now; another one after {@link #restart()}. */
    ChildProcess process();

    /** SIGKILL, as a crash. Returns when the process is gone. */
    default void kill() {
        process().kill();
    }

    /** Starts again on the same data and port, ending in good order what still runs. */
    void restart();

    /** Ends the server in good order. Returns when it is gone. */
    @Override
    void close();
}
