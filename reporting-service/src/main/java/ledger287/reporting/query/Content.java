package ledger287.reporting.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.Table;

/** What answers a question, in each form. */
public interface Content {
    /** A member of the answer that becomes its {@code Link} header: where the list goes on. */
    String NEXT = "$next";

    /** The answer; what every answer says of itself has been put in already. */
    void json(Reading reading, ObjectNode answer) throws SQLException, IOException;

    /** The answer as lines: whole, never paged. Rows of the table, unless there is something better. */
    default void lines(Reading reading, JsonLines lines) throws SQLException, IOException {
        table(reading, lines);
    }

    /** The answer as a table: whole, never paged. */
    void table(Reading reading, Table table) throws SQLException, IOException;
}
