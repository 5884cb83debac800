package ledger287.reporting.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.Table;
import ledger287.reporting.export.ZipPackage;

/** What answers a question, in each form. */
public interface Content {
    /** A member of the answer that becomes its {@code Link} header: where the list goes on. */
    String NEXT = "$next";

    /** The forms of whatever is a table. */
    Set<Format> TABLE = Set.of(Format.JSON, Format.CSV, Format.NDJSON, Format.PARQUET, Format.ZIP);

    /** The forms that there are; others are refused before anything is asked. */
    default Set<Format> formats() {
        return TABLE;
    }

    /** The answer; what every answer says of itself has been put in already. */
    void json(Reading reading, ObjectNode answer) throws SQLException, IOException;

    /** The answer as lines: whole, never paged. Rows of the table, unless there is something better. */
    default void lines(Reading reading, JsonLines lines) throws SQLException, IOException {
        table(reading, lines);
    }

    /** The answer as a table: whole, never paged. */
    void table(Reading reading, Table table) throws SQLException, IOException;

    /** The answer on a map: members of a feature collection (RFC 7946), {@code features} among them. */
    default void features(Reading reading, ObjectNode collection) throws SQLException, IOException {
        throw new IllegalStateException("Not one of " + formats());
    }

    /** What is said of the table as a whole: {@code citation} and {@code definitions}, where there are any. */
    default void about(Reading reading, ObjectNode answer) throws SQLException, IOException {}

    /** Files that a package has beside the table. */
    default void more(Reading reading, ZipPackage files) throws SQLException, IOException {}

    /** What is no table: JSON alone. */
    interface Single extends Content {
        @Override
        default Set<Format> formats() {
            return Set.of(Format.JSON);
        }

        @Override
        default void table(Reading reading, Table table) {
            throw new IllegalStateException("Not one of " + formats());
        }
    }
}
