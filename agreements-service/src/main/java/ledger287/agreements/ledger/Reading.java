package ledger287.agreements.ledger;

import java.sql.SQLException;

/** Looks at the ledger. */
@FunctionalInterface
public interface Reading<T> {
    T from(View view) throws SQLException;
}
