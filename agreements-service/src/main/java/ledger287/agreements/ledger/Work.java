package ledger287.agreements.ledger;

import java.sql.SQLException;
import ledger287.service.command.Answer;

/** A command, as carried out while nobody else writes. What it throws undoes what it did. */
@FunctionalInterface
public interface Work {
    Answer carryOut(Turn turn) throws SQLException;
}
