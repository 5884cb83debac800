package ledger287.reporting.ingest;

import java.sql.SQLException;
import java.util.Set;
import ledger287.reporting.changelog.MalformedEventException;

/** Tells an event that will never do from a database that does not do right now. */
final class Failures {
    /**
     * Classes of SQL states that blame the data: data exception, integrity constraint violation, program limit exceeded.
     * A missing table or a syntax error (42) blames the installation, not the event; broken connections, shutdowns,
     * deadlocks and full disks pass.
     */
    private static final Set<String> ABOUT_THE_DATA = Set.of("22", "23", "54");

    private Failures() {}

    /** Whether trying again must fail again, because of the event. */
    static boolean deterministic(Exception failure) {
        return switch (failure) {
            case MalformedEventException malformed -> true;
            case SQLException sql ->
                sql.getSQLState() != null
                        && sql.getSQLState().length() == 5
                        && ABOUT_THE_DATA.contains(sql.getSQLState().substring(0, 2));
            // Our own code, told of an event nobody foresaw.
            case RuntimeException bug -> true;
            default -> false;
        };
    }
}
