package ledger287.agreements.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import ledger287.agreements.roster.Roster;

/** Looks at the ledger as it stands at a position; must neither change nor keep the roster. */
@FunctionalInterface
public interface Reading<T> {
    T from(Roster roster, long position, Connection connection) throws SQLException;
}
