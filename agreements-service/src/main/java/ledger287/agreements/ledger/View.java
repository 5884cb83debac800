package ledger287.agreements.ledger;

import java.sql.Connection;
import ledger287.agreements.roster.Roster;

/** The ledger as it stands at a position, to be looked at and neither changed nor kept. */
public final class View {
    private final Fold fold;
    private final Connection connection;

    View(Fold fold, Connection connection) {
        this.fold = fold;
        this.connection = connection;
    }

    public Roster roster() {
        return fold.roster();
    }

    /** The position that the roster reflects. */
    public long position() {
        return fold.position();
    }

    /** The version of a stream at that position; 0 when it does not exist. */
    public long version(String streamId) {
        return fold.version(streamId);
    }

    /** For what is stored beside the events; may be a little newer than the roster. */
    public Connection connection() {
        return connection;
    }
}
