package ledger287.reporting.database;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows in PostgreSQL's text format for COPY, the fastest way in that still is part of the transaction. */
public final class CopyRows {
    private final StringBuilder text = new StringBuilder();
    private boolean atStart = true;
    private long rows;

    /** Adds a cell to the current row, as the type's input text; null is NULL. */
    public CopyRows cell(@Nullable Object value) {
        if (!atStart) {
            text.append('\t');
        }
        atStart = false;
        if (value == null) {
            text.append("\\N");
        } else {
            escape(value.toString());
        }
        return this;
    }

    /** An array of texts, as PostgreSQL's input text. */
    public static String array(Collection<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    public void endRow() {
        text.append('\n');
        atStart = true;
        rows++;
    }

    /** @param target table and columns, in the order of the cells, e.g. {@code log (name, position)} */
    public void into(Connection transaction, String target) throws SQLException {
        if (rows == 0) {
            return;
        }
        try {
            transaction
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin", new StringReader(text.toString()));
        } catch (IOException e) {
            throw new SQLException("The connection broke while rows were copied into " + target, "08006", e);
        }
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
